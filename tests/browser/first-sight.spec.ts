// What somebody finds who has never been here: the world is alive, says one thing, and offers one thing to click.

import { LOOKS, ROOTS, VIEWPORTS, expect, open, test } from "./fixtures";
import { air, claims, millis, picture, placeOrder, screenOf } from "./person";

const SENTENCE = "One click becomes a command, an event, and two views that learn of it at different times.";

for (const root of ROOTS) {
  test(`the first scenario lives by itself under ${root}`, async ({ page }) => {
    await open(page, root);
    await expect(page).toHaveTitle("A mug, eventually – Inflight");
    const start = await millis(page);
    await expect.poll(() => millis(page)).toBeGreaterThan(start);
    // People act by themselves: messages come into the air and are painted, and others follow.
    await expect(air(page).getByRole("button", { name: "PlaceOrder, command" })).not.toHaveCount(0);
    const before = await picture(page);
    await expect.poll(() => picture(page)).not.toBe(before);
    await expect(air(page).getByRole("button", { name: /event|rows/ })).not.toHaveCount(0);
  });
}

for (const [name, viewport] of Object.entries(VIEWPORTS)) {
  test.describe(name, () => {
    test.use({ viewport });

    test("one sentence and one thing to click can be seen at once", async ({ page }) => {
      await open(page);
      await expect(page.getByText(SENTENCE)).toBeInViewport({ ratio: 1 });
      const looks = (who: string) =>
        placeOrder(screenOf(page, who)).evaluate((it) => {
          const style = getComputedStyle(it);
          return [style.outline, style.boxShadow, getComputedStyle(it, "::after").boxShadow].join();
        });
      await expect(placeOrder(screenOf(page, "Ana"))).toBeInViewport({ ratio: 1 });
      expect(await looks("Ana"), "Ana's button stands out").not.toBe(await looks("Ben"));

      await placeOrder(screenOf(page, "Ana")).click();
      await page.mouse.move(0, 0);
      await placeOrder(screenOf(page, "Ana")).blur();
      await expect.poll(async () => (await looks("Ana")) === (await looks("Ben"))).toBe(true);
    });

    test("pause and the timeline can be seen at once", async ({ page }) => {
      await open(page);
      await expect(page.getByRole("button", { name: "Pause" })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole("slider", { name: "Playhead" })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole("tab", { name: "Lesson" })).toBeInViewport({ ratio: 1 });
    });
  });
}

test("the lesson stands beside the stage, and the legend explains every shape", async ({ page }) => {
  await open(page);
  const lesson = page.getByRole("tabpanel", { name: "Lesson" });
  await expect(lesson).toContainText("Order a mug on Ana's screen and follow it with your eyes.");
  for (const word of ["command", "event", "query", "reply", "rows"]) {
    await expect(lesson.getByRole("term").filter({ hasText: word })).toBeVisible();
  }
});

test("nobody has ordered yet at the very beginning", async ({ page }) => {
  await open(page, "/#scenario=first-steps/a-mug-eventually");
  await page.getByRole("button", { name: "Pause" }).click();
  expect(await millis(page)).toBeLessThan(60_000);
  await page.getByRole("slider", { name: "Playhead" }).fill("0");
  await expect(claims(screenOf(page, "Ana"))).toHaveCount(0);
  await expect(claims(screenOf(page, "Ben"))).toHaveCount(0);
});

for (const { name, use } of LOOKS.filter((it) => it.name.includes("dark"))) {
  test.describe(name, () => {
    test.use(use);

    test("a dark system gets a dark page", async ({ page }) => {
      await open(page);
      const light = await page.evaluate(() => {
        const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
        paint.fillStyle = getComputedStyle(document.body).backgroundColor;
        paint.fillRect(0, 0, 1, 1);
        return paint.getImageData(0, 0, 1, 1).data[0];
      });
      expect(light).toBeLessThan(80);
    });
  });
}
