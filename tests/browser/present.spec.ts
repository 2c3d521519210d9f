// Presenting: large letters for the last row, and a remote control with two keys.

import { expect, expectNoAxeViolations, open, test, type Page } from "./fixtures";
import { millis, node, openQuietly, placeOrder, screenOf } from "./person";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const lesson = (page: Page) => page.getByRole("region", { name: "Lesson" });

/** Letters that are smaller than 24 pixels, and words with less contrast than seven to one. */
const illegible = (page: Page) =>
  page.evaluate(() => {
    const paint = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true })!;
    const rgba = (color: string): number[] => {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
      return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]: number[]) => {
      const linear = [r!, g!, b!].map((it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    };
    const ground = (it: Element | null): number[] => {
      for (; it; it = it.parentElement) {
        const color = rgba(getComputedStyle(it).backgroundColor);
        if (color[3]! > 250) return color;
      }
      return [255, 255, 255];
    };
    const wrong = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const [text, it] = [texts.currentNode.textContent!.trim(), texts.currentNode.parentElement!];
      const style = getComputedStyle(it);
      if (!text || !it.checkVisibility() || style.clipPath !== "none" || it.closest(".hidden, .twin, option")) continue;
      const size = it.getBoundingClientRect();
      if (size.width < 2 || it.closest(":disabled")) continue;
      const name = `“${text.slice(0, 30)}”`;
      if (Number.parseFloat(style.fontSize) < 24) wrong.add(`${name}: ${style.fontSize}`);
      const [a, b] = [light(rgba(style.color)), light(ground(it))].toSorted((x, y) => y - x);
      const contrast = (a! + 0.05) / (b! + 0.05);
      if (contrast < 7) wrong.add(`${name}: ${contrast.toFixed(2)}:1`);
    }
    return [...wrong];
  });

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("everything can be read from the last row", async ({ page }) => {
      await openQuietly(page);
      await placeOrder(screenOf(page, "Ana")).click();
      await button(page, "Present").click();
      await button(page, "Play").click();
      await expect.poll(() => millis(page)).toBeGreaterThan(2_000);
      await button(page, "Pause").click();
      expect(await illegible(page)).toEqual([]);
      await expectNoAxeViolations(page);
    });
  });
}

test("nothing is there but the stage, the lesson and the transport", async ({ page }) => {
  await openQuietly(page);
  await page.keyboard.press("p");
  for (const gone of ["Open a scenario", "Copy link", "Help", "Restart"]) await expect(button(page, gone)).toBeHidden();
  await expect(page.getByRole("tab")).toHaveCount(0);
  for (const there of ["sales", "orders", "order-events", "shop-window", "order-list"]) {
    await expect(node(page, there)).toBeInViewport({ ratio: 0.99 });
  }
  await expect(placeOrder(screenOf(page, "Ben"))).toBeInViewport({ ratio: 0.99 });
  await expect(lesson(page)).toContainText("A mug, eventually. One click becomes a command");
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
  await page.keyboard.press("Escape");
  await expect(lesson(page)).toHaveCount(0);
  await expect(button(page, "Help")).toBeVisible();
});

test("a remote control's two keys go through the lesson, and the world stands while one reads", async ({ page }) => {
  await open(page);
  await page.keyboard.press("p");
  await expect(button(page, "Pause")).toBeVisible();
  await page.keyboard.press("PageDown");
  await expect(lesson(page)).toContainText("1 of 5");
  await expect(lesson(page)).toContainText("Order a mug on Ana's screen");
  const stands = await millis(page);
  await expect(button(page, "Play"), "the room makes up its mind").toBeVisible();
  await page.keyboard.press("PageDown");
  await expect(button(page, "Pause"), "and then sees").toBeVisible();
  await expect.poll(() => millis(page)).toBeGreaterThan(stands);
  await page.keyboard.press("PageDown");
  await expect(lesson(page)).toContainText("2 of 5");
  await page.keyboard.press("PageUp");
  await expect(lesson(page)).toContainText("1 of 5");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await expect(lesson(page)).toContainText("One click becomes a command");
});

test("a link can open it", async ({ page }) => {
  await open(page, "/#scenario=shape/chain-or-replica&present");
  await expect(lesson(page)).toContainText("Chain, fan-out, or replica");
  await expect(node(page, "delivery")).toBeInViewport({ ratio: 0.99 });
  await expect(button(page, "Help")).toBeHidden();
});
