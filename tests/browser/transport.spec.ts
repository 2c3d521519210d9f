// Time is the person's: to play, to stop, to step through, and to go back in. Whoever goes back and comes again finds
// the same.

import { VIEWPORTS, expect, open, test, type Page } from "./fixtures";
import {
  CLIPBOARD,
  air,
  claims,
  copyLink,
  details,
  habits,
  millis,
  openQuietly,
  openTab,
  paste,
  pause,
  placeOrder,
  play,
  playTo,
  playhead,
  quiet,
  restart,
  says,
  screenOf,
  scrubTo,
  setSpeed,
  stepUntil,
  told,
} from "./person";
import { GUEST_BOOK } from "./texts";

test.use(CLIPBOARD);

const step = (page: Page) => page.getByRole("button", { name: "Step", exact: true });
const stepBack = (page: Page) => page.getByRole("button", { name: "Step back", exact: true });
const playOrPause = (page: Page) => page.getByRole("button", { name: /^(Play|Pause)$/ });

/** A run in which people have acted for a while, paused. */
async function lived(page: Page): Promise<void> {
  await open(page);
  await setSpeed(page, "10×");
  await expect.poll(() => millis(page), { intervals: [50] }).toBeGreaterThan(9_000);
  await pause(page);
}

test("pause stops the time, and play lets it go on", async ({ page }) => {
  await open(page);
  await pause(page);
  const [stood, picture] = [await millis(page), await told(page)];
  // Long enough for many frames and for the lists beside the stage.
  await page.waitForTimeout(600);
  expect(await millis(page)).toBe(stood);
  expect(await told(page)).toBe(picture);
  await play(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(stood);
});

test("a step goes to the next occurrence, and a step back returns to where one was", async ({ page }) => {
  await lived(page);
  await scrubTo(page, 2_000);
  await step(page).click();
  const trail: { at: number; told: string }[] = [];
  for (let steps = 0; steps < 8; steps += 1) {
    trail.push({ at: await millis(page), told: await told(page) });
    await step(page).click();
  }
  const times = trail.map((it) => it.at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)!, "time has gone on").toBeGreaterThan(times[0]!);
  for (const before of trail.toReversed()) {
    await stepBack(page).click();
    expect(await millis(page)).toBe(before.at);
    expect(await told(page)).toBe(before.told);
  }
});

test("a step and a step back leave what a person has just done", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await step(page).click();
  await stepBack(page).click();
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/1 × mug\s*Done/], { timeout: 1_000 });
});

test("a step in a playing run pauses it", async ({ page }) => {
  await open(page);
  await step(page).click();
  await expect(playOrPause(page)).toHaveAccessibleName("Play");
  await play(page);
  await stepBack(page).click();
  await expect(playOrPause(page)).toHaveAccessibleName("Play");
});

test("nothing lies before the beginning", async ({ page }) => {
  await openQuietly(page);
  for (let steps = 0; steps < 3; steps += 1) await step(page).click();
  for (let steps = 0; steps < 3; steps += 1) await stepBack(page).click();
  await expect(stepBack(page)).toBeDisabled();
  expect(await millis(page)).toBe(0);
  await expect(claims(screenOf(page, "Ana"))).toHaveCount(0);
});

test("a run with nothing under way says so, and says what to do", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await pause(page);
  await expect(page.getByRole("status").filter({ hasText: "Nothing is under way any more." })).toBeVisible();
  await expect(step(page)).toBeDisabled();
  await page.getByRole("button", { name: "Sign the book" }).click();
  await expect(step(page)).toBeEnabled();
  await expect(page.getByRole("status").filter({ hasText: "Nothing is under way any more." })).toHaveCount(0);
});

test("the speed decides how fast time goes", async ({ page }) => {
  await open(page);
  const measure = () =>
    page.evaluate(async () => {
      const read = () => {
        const word = document.querySelector("output")!.textContent!;
        return { virtual: Number.parseFloat(word) * 1000, real: performance.now() };
      };
      const before = read();
      await new Promise((done) => setTimeout(done, 500));
      const after = read();
      return (after.virtual - before.virtual) / (after.real - before.real);
    });
  // A slow machine may lose time, it never gains any; the last frame before and after counts as well.
  await setSpeed(page, "1/20×");
  expect(await measure()).toBeLessThan(0.08);
  expect(await measure()).toBeGreaterThan(0);
  await setSpeed(page, "100×");
  const fast = await measure();
  expect(fast).toBeGreaterThan(5);
  expect(fast).toBeLessThan(150);
});

test("an instant is the same each time that one scrubs to it", async ({ page }) => {
  await lived(page);
  const instants = [2_000, 4_480, 6_200, 8_000];
  const seen = new Map<number, string>();
  for (const at of instants) {
    await scrubTo(page, at);
    seen.set(at, await told(page));
  }
  expect(new Set(seen.values()).size, "they differ from each other").toBe(instants.length);
  const link = await copyLink(page);
  for (const at of [6_200, 2_000, 8_000, 4_480, 2_000]) {
    await scrubTo(page, 0);
    await scrubTo(page, at);
    expect(await told(page), `at ${at} ms`).toBe(seen.get(at));
  }
  await scrubTo(page, 8_000);
  expect(await copyLink(page)).toBe(link);
});

test("going back and playing on comes to the same as before", async ({ page }) => {
  await lived(page);
  await scrubTo(page, 8_000);
  const before = await told(page);
  await scrubTo(page, 1_000);
  await playTo(page, 8_000, "2×");
  await scrubTo(page, 8_000);
  expect(await told(page)).toBe(before);
});

test("stepping to an instant comes to the same as scrubbing to it", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  const at = await stepUntil(page, "Ana's wish is confirmed", () => says(claims(screenOf(page, "Ana")), "Confirmed"));
  const later = Math.ceil(at / 200) * 200;
  await scrubTo(page, later);
  const scrubbed = await told(page);
  await scrubTo(page, 0);
  await play(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(later);
  await pause(page);
  await scrubTo(page, later);
  expect(await told(page)).toBe(scrubbed);
  await expect(claims(screenOf(page, "Ana"))).toContainText(["Confirmed"]);
});

test("acting in the past begins another future", async ({ page }) => {
  await openQuietly(page);
  const [ana, ben] = [screenOf(page, "Ana"), screenOf(page, "Ben")];
  await placeOrder(ana).click();
  await playTo(page, 4_000);
  await expect(claims(ana)).toContainText(["Confirmed"]);
  await scrubTo(page, 200);
  await placeOrder(ben).click();
  await playTo(page, 4_000);
  for (const screen of [ana, ben]) await expect(claims(screen)).toContainText(["Confirmed"]);
});

test("the timeline takes the mouse", async ({ page }) => {
  await lived(page);
  const box = (await playhead(page).boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.25, box.y + box.height / 2);
  const quarter = await millis(page);
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const later = await millis(page);
  expect(quarter).toBeGreaterThan(1_000);
  expect(later).toBeGreaterThan(quarter);
  await expect(playOrPause(page)).toHaveAccessibleName("Play");
});

test("the same seed gives the same run again, another one gives another", async ({ page }) => {
  await open(page);
  await pause(page);
  const live = async () => {
    expect(await millis(page)).toBe(0);
    await playTo(page, 8_000);
    await scrubTo(page, 8_000);
    return told(page);
  };
  await restart(page);
  const first = await live();
  await restart(page);
  expect(await live()).toBe(first);

  const seed = page.getByRole("spinbutton", { name: "Seed" });
  await page.getByRole("button", { name: "Another seed" }).click();
  await expect(seed).toHaveValue("2");
  expect(await live()).not.toBe(first);
  await seed.fill("1");
  await seed.press("Enter");
  await expect.poll(() => millis(page)).toBe(0);
  expect(await live()).toBe(first);
});

test("the space bar and the arrow keys drive the time from anywhere on the page", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Space");
  await expect(playOrPause(page)).toHaveAccessibleName("Play");
  const stood = await millis(page);
  const before = await told(page);
  await page.keyboard.press("ArrowRight");
  expect(await millis(page)).toBeGreaterThanOrEqual(stood);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  const at = await millis(page);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  expect(await millis(page)).toBe(at);
  expect(before.length).toBeGreaterThan(0);
  await page.keyboard.press("Space");
  await expect(playOrPause(page)).toHaveAccessibleName("Pause");
});

test("a space bar on a button means that button, and arrows in a field mean the field", async ({ page }) => {
  await openQuietly(page);
  await page.getByRole("button", { name: "Help" }).focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(playOrPause(page)).toHaveAccessibleName("Play");

  await placeOrder(screenOf(page, "Ana")).click();
  const field = screenOf(page, "Ana").getByRole("textbox", { name: "How many" });
  await field.focus();
  await page.keyboard.press("ArrowRight");
  expect(await millis(page)).toBe(0);
  await expect(field).toBeFocused();
});

test("shift and arrow go from mark to mark", async ({ page }) => {
  await openQuietly(page);
  const clicks: number[] = [];
  for (const who of ["Ana", "Ben"]) {
    await playTo(page, (await millis(page)) + 500, "1×");
    clicks.push(await millis(page));
    await placeOrder(screenOf(page, who)).click();
  }
  await playTo(page, clicks[1]! + 3_000);
  await page.getByRole("heading", { name: "A mug, eventually" }).click();
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await millis(page)).toBe(clicks[1]);
  await page.keyboard.press("Shift+ArrowLeft");
  expect(await millis(page)).toBe(clicks[0]);
  await page.keyboard.press("Shift+ArrowRight");
  expect(await millis(page)).toBe(clicks[1]);
});

test("every message in the list is under way at the instant that one stands at", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  let looked = 0;
  for (let steps = 0; steps < 10; steps += 1) {
    await step(page).click();
    for (const message of await air(page).getByRole("button").all()) {
      await message.focus();
      await page.keyboard.press("Enter");
      await expect(details(page).getByText("on its way from")).toBeVisible();
      looked += 1;
    }
  }
  expect(looked).toBeGreaterThan(5);
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("a finger pauses, scrubs and steps", async ({ page }) => {
    await open(page);
    await setSpeed(page, "10×");
    await expect.poll(() => millis(page)).toBeGreaterThan(5_000);
    await page.getByRole("button", { name: "Pause" }).tap();
    const box = (await playhead(page).boundingBox())!;
    await page.touchscreen.tap(box.x + box.width * 0.2, box.y + box.height / 2);
    const at = await millis(page);
    expect(at).toBeGreaterThan(500);
    expect(at).toBeLessThan(5_000);
    await step(page).tap();
    expect(await millis(page)).toBeGreaterThanOrEqual(at);
  });

  test("seed, restart and habits are among the knobs", async ({ page }) => {
    await open(page);
    await quiet(page);
    await openTab(page, "Knobs");
    await page.getByRole("button", { name: "Another seed" }).tap();
    await expect(page.getByRole("spinbutton", { name: "Seed" })).toHaveValue("2");
    await page.getByRole("button", { name: "Close details" }).tap();
    await habits(page, false);
    await expect(page.getByRole("tabpanel")).toHaveCount(0);
  });
});
