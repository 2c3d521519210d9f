// The timeline: what happened when, in one picture. One zooms, pans, scrubs, selects a span, clicks on what one sees,
// and reads the same as tables; all of it with the keyboard alone, too.

import { VIEWPORTS, expect, expectNoAxeViolations, open, test, type Page } from "./fixtures";
import {
  details,
  millis,
  openQuietly,
  pause,
  placeOrder,
  playTo,
  playhead,
  screenOf,
  scrubTo,
  setSpeed,
  tabTo,
} from "./person";

const timeline = (page: Page) => page.getByRole("region", { name: "Timeline", exact: true });
const lanes = (page: Page) => timeline(page).locator("canvas").last();
const tool = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const tables = (page: Page) => page.getByRole("region", { name: "The timeline as tables" });
const told = (page: Page) => tables(page).getByRole("table", { name: "What begins in sight" });

/** What is painted on the lanes, to be compared. */
const painted = (page: Page): Promise<string> =>
  lanes(page).evaluate((it) => (it as HTMLCanvasElement).toDataURL());

/** A paused run with two orders in it. */
async function lived(page: Page): Promise<void> {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await playTo(page, 1_000, "2×");
  await placeOrder(screenOf(page, "Ben")).click();
  await playTo(page, 4_000, "5×");
}

test("there is a lane for everybody, people first", async ({ page }) => {
  await open(page);
  const names = timeline(page).getByRole("list", { name: "Lanes" }).getByRole("button");
  await expect(names).toHaveText([
    "Ana", "Ben", "orders", "sales", "order-events", "shop-window", "order-list",
  ]);
  await names.nth(3).click();
  await expect(details(page)).toContainText("sales");
});

test("what happens in sight can be read, and a row goes there and selects", async ({ page }) => {
  await lived(page);
  await tool(page, "As a table").click();
  await expect(told(page)).toContainText("Ana clicks");
  await expect(told(page)).toContainText(/PlaceOrder \(command\) from Ana to orders: leaves at 0\.000 s, takes [\d.]+ ?m?s/);
  await expect(told(page)).toContainText("sales works on PlaceOrder");
  await expect(told(page)).toContainText("Ana's screen says “done”, which is not true");
  const row = told(page).getByRole("button", { name: /^PlaceOrder \(command\) from Ben to orders/ });
  await row.click();
  await expect(details(page)).toContainText("PlaceOrder");
  await expect(details(page)).toContainText("on its way from");
  const quantities = tables(page).getByRole("table", { name: "Quantities" });
  await expect(quantities.getByRole("row", { name: /^shopper, false claims/ })).toBeVisible();
  await expect(quantities.getByRole("row", { name: /^In the shop window, staleness/ })).toBeVisible();
});

test("a click on a message selects it, at an instant at which it is under way", async ({ page }) => {
  await lived(page);
  const box = (await lanes(page).boundingBox())!;
  // Ana's order leaves at the left edge of her lane and reaches the queue two lanes below.
  const lane = box.height / 7;
  let found = false;
  for (let x = 4; x < 60 && !found; x += 3) {
    await page.mouse.move(box.x + x, box.y + lane * 1.5);
    found = await page.getByText(/^PlaceOrder \(command\) from Ana to orders/).isVisible();
    if (found) await page.mouse.click(box.x + x, box.y + lane * 1.5);
  }
  expect(found, "the line is under the pointer").toBe(true);
  await expect(details(page)).toContainText("on its way from Ana to");
  expect(await millis(page)).toBeLessThan(500);
});

test("the axis scrubs, the wheel zooms, and a drag pans", async ({ page }) => {
  await lived(page);
  const axis = (await playhead(page).boundingBox())!;
  await page.mouse.move(axis.x + axis.width * 0.1, axis.y + axis.height / 2);
  await page.mouse.down();
  await page.mouse.move(axis.x + axis.width * 0.25, axis.y + axis.height / 2, { steps: 4 });
  await page.mouse.up();
  const at = await millis(page);
  expect(at).toBeGreaterThan(2_000);
  expect(at).toBeLessThan(4_000);
  const before = await painted(page);
  const box = (await lanes(page).boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.1, box.y + 20);
  await page.mouse.wheel(0, -400);
  await expect.poll(() => painted(page)).not.toBe(before);
  const near = await painted(page);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.05, box.y + 20, { steps: 3 });
  await page.mouse.up();
  await expect.poll(() => painted(page)).not.toBe(near);
  expect(await millis(page), "neither moves the playhead").toBe(at);
  await tool(page, "Whole run").click();
  await tool(page, "Follow the playhead").click();
  await expect(tool(page, "Follow the playhead")).toHaveAttribute("aria-pressed", "true");
});

test("a selected span restricts the figures, and can be zoomed to", async ({ page }) => {
  await lived(page);
  const box = (await lanes(page).boundingBox())!;
  await tool(page, "Select a span").click();
  await page.mouse.move(box.x + box.width * 0.02, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.06, box.y + 20, { steps: 3 });
  await page.mouse.up();
  await tool(page, "As a table").click();
  await expect(told(page)).not.toContainText("Ben clicks");
  await tool(page, "Clear the selection").click();
  await expect(told(page)).toContainText("Ben clicks");
  await tool(page, "As a table").click();
});

test("acting in the past begins another future here, too", async ({ page }) => {
  await lived(page);
  await tool(page, "As a table").click();
  await expect(told(page)).toContainText("Ben clicks");
  await scrubTo(page, 400);
  await expect(told(page), "going back does not unsee").toContainText("Ben clicks");
  await placeOrder(screenOf(page, "Ana")).click();
  await expect(told(page)).not.toContainText("Ben clicks");
});

test("all of it works with the keyboard alone", async ({ page }) => {
  await lived(page);
  await tabTo(page, playhead(page));
  const at = await millis(page);
  await page.keyboard.press("ArrowLeft");
  expect(await millis(page)).toBeLessThan(at);
  const before = await painted(page);
  await page.keyboard.press("+");
  await expect.poll(() => painted(page)).not.toBe(before);
  await page.keyboard.press("0");
  await page.keyboard.press("Home");
  expect(await millis(page)).toBe(0);
  await page.keyboard.press("[");
  for (let steps = 0; steps < 8; steps += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("]");
  await expect(tool(page, "Zoom to the selection")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(tool(page, "Zoom to the selection")).toHaveCount(0);
  await expect(playhead(page)).toHaveAttribute("aria-valuetext", /^\d+\.\d{3} s$/);
  const table = tool(page, "As a table");
  await tabTo(page, table);
  await page.keyboard.press("Enter");
  await expect(told(page)).toContainText("Ana clicks");
  await tabTo(page, told(page).getByRole("button", { name: /^PlaceOrder \(command\) from Ana/ }), 160);
  await page.keyboard.press("Enter");
  await expect(details(page)).toContainText("Envelope");
});

test("lanes can be hidden, shown, and given more room", async ({ page }) => {
  await open(page);
  await pause(page);
  const grip = page.getByRole("separator", { name: "Height of the timeline" });
  const height = async () => Number(await grip.getAttribute("aria-valuenow"));
  const before = await height();
  await grip.focus();
  await page.keyboard.press("ArrowUp");
  expect(await height()).toBeGreaterThan(before);
  await timeline(page).getByRole("button", { name: "Timeline" }).click();
  await expect(timeline(page).locator("canvas")).toHaveCount(1);
  await expect(playhead(page)).toBeVisible();
  await timeline(page).getByRole("button", { name: "Timeline" }).click();
  await expect(timeline(page).locator("canvas")).toHaveCount(2);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("charts and tables break no rule of accessibility", async ({ page }) => {
      await open(page);
      await setSpeed(page, "10×");
      await expect.poll(() => millis(page)).toBeGreaterThan(8_000);
      await pause(page);
      await tool(page, "Small multiples").click();
      await expect(timeline(page).getByText("staleness").first()).toBeVisible();
      await expectNoAxeViolations(page);
      await tool(page, "As a table").click();
      await expectNoAxeViolations(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("lanes are a tap away, and a tap on them goes there", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Pause" }).tap();
    await timeline(page).getByRole("button", { name: "Timeline" }).tap();
    await expect(timeline(page).getByRole("list", { name: "Lanes" })).toBeVisible();
    const box = (await lanes(page).boundingBox())!;
    await page.touchscreen.tap(box.x + 12, box.y + box.height - 12);
    expect(await millis(page)).toBeLessThan(2_000);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBe(360);
  });
});
