// What each way to handle a wish looks like on a real screen, what survives of it, and what the truth lens says.

import { VIEWPORTS, expect, test, type Page } from "./fixtures";
import {
  claims,
  interact,
  millis,
  openQuietly,
  placeOrder,
  play,
  rows,
  says,
  screenOf,
  setSpeed,
  stepUntil,
} from "./person";

const WINDOW = "In the shop window";
const lens = (page: Page) => page.getByRole("button", { name: "Truth lens" });
const reload = (page: Page, name: string) =>
  screenOf(page, name).getByRole("button", { name: "Reload this screen" }).click();
const offline = (page: Page, name: string) => screenOf(page, name).getByRole("button", { name: "Offline" });

test("the lens tells a claim that is false from the one that has come true", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Receipt sold as success (do not)");
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await expect(claims(ana)).toHaveText([/1 × mug\s*Done$/]);
  await lens(page).click();
  await expect(lens(page)).toHaveAttribute("aria-pressed", "true");
  await expect(claims(ana)).toHaveText([/Done\s*In truth: not true yet/]);
  await stepUntil(page, "it has come true", () => says(claims(ana), /In truth:\s*true/));
  // The authority has decided; the windows do not know yet.
  await expect(screenOf(page, "Ben").getByRole("group", { name: WINDOW })).toContainText("out of date for 0 s");
  await page.keyboard.press("t");
  await expect(claims(ana)).toHaveText([/1 × mug\s*Done$/]);
});

test("what is undone in time has never been sent", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Grace period, undo");
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await expect(claims(ana)).toHaveText([/Not sent yet\s*Undo, 5 s/]);
  await play(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(1_000);
  await ana.getByRole("button", { name: /^Undo, [1-4] s$/ }).click();
  await expect(claims(ana)).toHaveText([/Undone/]);
  await setSpeed(page, "10×");
  await expect.poll(() => millis(page)).toBeGreaterThan(12_000);
  await expect(rows(ana, WINDOW)).toHaveText([/mug\s*3/]);
  await expect(rows(ana, "Orders")).toHaveCount(0);
});

test("a reload forgets what was only on the screen, and not what an outbox keeps", async ({ page }) => {
  await openQuietly(page);
  const ana = screenOf(page, "Ana");
  await interact(page, "Optimistic");
  await placeOrder(ana).click();
  await expect(claims(ana)).toHaveCount(1);
  await reload(page, "Ana");
  await expect(claims(ana)).toHaveCount(0);
  await interact(page, "Offline first");
  await placeOrder(ana).click();
  await reload(page, "Ana");
  await expect(claims(ana)).toHaveCount(1);
});

test("an outbox keeps wishes while the device is offline, and sends them when it is back", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Offline first");
  const ana = screenOf(page, "Ana");
  await offline(page, "Ana").click();
  await expect(offline(page, "Ana")).toHaveAttribute("aria-pressed", "true");
  await placeOrder(ana).click();
  await expect(ana.getByRole("status")).toHaveText("Offline. 1 kept here");
  await expect(claims(ana)).toHaveText([/Kept here until there is a connection/]);
  await setSpeed(page, "10×");
  await play(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(9_000);
  await expect(claims(ana)).toHaveText([/Kept here/]);
  await offline(page, "Ana").click();
  await expect(ana.getByRole("status")).toHaveText("");
  await expect(claims(ana)).toHaveText([/1 × mug\s*Confirmed/], { timeout: 20_000 });
});

test("what an outbox keeps can be taken back before it has left", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Offline first");
  const ana = screenOf(page, "Ana");
  await offline(page, "Ana").click();
  await placeOrder(ana).click();
  await claims(ana).getByRole("button", { name: "Undo" }).click();
  await expect(claims(ana)).toHaveText([/1 × mug\s*Undone/]);
  await offline(page, "Ana").click();
  await setSpeed(page, "10×");
  await play(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(8_000);
  await expect(rows(ana, WINDOW)).toHaveText([/mug\s*3/]);
});

test("without an outbox, a device that is offline says at once that nothing was sent", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Optimistic");
  await offline(page, "Ana").click();
  await placeOrder(screenOf(page, "Ana")).click();
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/Not sent: no connection/]);
});

test("a claim of success that was refused is taken back in the open", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Optimistic, honest");
  for (const [name, more] of [["Ana", 2], ["Ben", 2]] as const) {
    const screen = screenOf(page, name);
    for (let clicks = 0; clicks < more; clicks += 1) {
      await screen.getByRole("button", { name: "More How many" }).click();
    }
    await placeOrder(screen).click();
    await expect(claims(screen)).toHaveText([/3 × mug\s*Done/]);
  }
  await setSpeed(page, "10×");
  await play(page);
  // Both want the last three mugs: one of them gets them.
  const said = async () => [
    ...(await claims(screenOf(page, "Ana")).allInnerTexts()),
    ...(await claims(screenOf(page, "Ben")).allInnerTexts()),
  ].join(" ");
  await expect.poll(said).toContain("Confirmed");
  await expect.poll(said).toMatch(/Taken back: .+/);
});

test("lists that are labelled show how old they are", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Look before you leap");
  const list = screenOf(page, "Ana").getByRole("group", { name: WINDOW });
  await expect(list).toContainText("0 s old");
  await setSpeed(page, "10×");
  await play(page);
  await expect(list).toContainText(/[3-9] s old/);
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("lens, offline and reload are within reach of a finger", async ({ page }) => {
    await openQuietly(page);
    await lens(page).tap();
    const ana = screenOf(page, "Ana");
    await placeOrder(ana).tap();
    await expect(claims(ana).getByText("not true yet")).toBeInViewport();
    await offline(page, "Ana").tap();
    await expect(ana.getByRole("status")).toHaveText("Offline");
    await ana.getByRole("button", { name: "Reload this screen" }).tap();
    await expect(claims(ana)).toHaveCount(0);
  });
});
