// The stage: it is looked at from near and far, and what stands on it can be placed.

import { LOOKS, VIEWPORTS, expect, expectNoAxeViolations, open, test, type Page } from "./fixtures";
import { closeSheet, node, openQuietly, pause, paste, picture, placeOrder, screenOf, scrubTo, tabTo } from "./person";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function boxOf(page: Page, name: string) {
  const box = await node(page, name).boundingBox();
  expect(box, name).not.toBeNull();
  return box!;
}

/** Waits until nothing moves any more. */
async function settled(page: Page, name: string) {
  let last = await boxOf(page, name);
  await expect
    .poll(async () => {
      const before = last;
      last = await boxOf(page, name);
      return last.x === before.x && last.y === before.y;
    }, { intervals: [100] })
    .toBe(true);
  return last;
}

async function drag(page: Page, name: string, by: { x: number; y: number }): Promise<void> {
  const box = await boxOf(page, name);
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x / 2, from.y + by.y / 2, { steps: 4 });
  await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
  await page.mouse.up();
}

test("a box is dragged to another place, and nothing else moves", async ({ page }) => {
  await openQuietly(page);
  const [sales, orders] = [await settled(page, "sales"), await boxOf(page, "orders")];
  await drag(page, "sales", { x: -120, y: 60 });
  const moved = await settled(page, "sales");
  expect(moved.x).toBeLessThan(sales.x - 60);
  expect(moved.y).toBeGreaterThan(sales.y + 20);
  expect(await boxOf(page, "orders")).toEqual(orders);
  // Dragging is no click: nothing is selected, and it stays when the run begins anew.
  await expect(node(page, "sales")).toHaveAttribute("aria-pressed", "false");
  await button(page, "Restart").click();
  expect(await settled(page, "sales")).toEqual(moved);
  await button(page, "Arrange by itself").click();
  expect(await settled(page, "sales")).toEqual(sales);
  await expect(button(page, "Arrange by itself")).toBeDisabled();
});

test("the text keeps what was placed", async ({ page }) => {
  await openQuietly(page);
  await drag(page, "sales", { x: -120, y: 60 });
  const moved = await settled(page, "sales");
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Text of the scenario" })).toHaveValue(/\nstage:\n  sales: \[\d+, \d+\]\n$/);
  await page.getByRole("button", { name: "Run this" }).click();
  await expect(page.getByText("— edited")).toBeVisible();
  await pause(page);
  expect(await settled(page, "sales")).toEqual(moved);
});

test("a message flies between the boxes where they stand now", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 120);
  const before = await picture(page);
  await drag(page, "orders", { x: 150, y: 150 });
  await settled(page, "orders");
  expect(await picture(page)).not.toBe(before);
});

test("with the keyboard alone a box is moved, and so it is with four buttons", async ({ page }) => {
  await openQuietly(page);
  const before = await settled(page, "orders");
  await tabTo(page, node(page, "orders"));
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Alt+ArrowDown");
  const moved = await settled(page, "orders");
  expect(moved.x).toBeGreaterThan(before.x + 4);
  expect(moved.y).toBeGreaterThan(before.y + 4);
  await page.keyboard.press("Enter");
  expect(await settled(page, "orders"), "who looks at it does not move it").toEqual(moved);
  await button(page, "Move left").click();
  await button(page, "Move up").click();
  const back = await settled(page, "orders");
  expect(back.x).toBeLessThan(moved.x - 4);
  expect(back.y).toBeLessThan(moved.y - 4);
});

test("with less motion a box is there at once", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openQuietly(page);
  await tabTo(page, node(page, "orders"));
  const before = await boxOf(page, "orders");
  await page.keyboard.press("Alt+ArrowRight");
  const at = await boxOf(page, "orders");
  expect(at.x).toBeGreaterThan(before.x + 10);
  expect(await settled(page, "orders")).toEqual(at);
});

test("one zooms in, looks around, and comes back", async ({ page }) => {
  await openQuietly(page);
  const before = await boxOf(page, "sales");
  const closer = page.getByRole("region", { name: "Stage" }).getByRole("button", { name: "Zoom in" });
  await closer.click();
  await closer.click();
  const near = await settled(page, "sales");
  expect(near.width / before.width).toBeCloseTo(1.5625, 1);
  // What the keyboard comes to is in sight.
  await tabTo(page, node(page, "sales"));
  await expect(node(page, "sales")).toBeInViewport({ ratio: 0.99 });
  await tabTo(page, node(page, "shop-window"));
  await expect(node(page, "shop-window")).toBeInViewport({ ratio: 0.99 });
  // The canvas is in step: a click on the painted message finds it.
  await page.keyboard.press("0");
  expect(await settled(page, "sales")).toEqual(before);
  await page.keyboard.press("-");
  expect((await settled(page, "sales")).width).toBeLessThan(before.width);
});

test("Ctrl and the wheel zoom around the pointer", async ({ page }) => {
  await openQuietly(page);
  const before = await settled(page, "sales");
  const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -150);
  await page.keyboard.up("Control");
  const after = await settled(page, "sales");
  expect(after.width).toBeGreaterThan(before.width * 1.2);
  expect(Math.abs(after.x + after.width / 2 - middle.x)).toBeLessThan(4);
  expect(Math.abs(after.y + after.height / 2 - middle.y)).toBeLessThan(4);
});

/** A system of so many services, each of which asks the next one. */
function chain(count: number): string {
  const ids = [...Array(count).keys()];
  return `inflight: 1
title: ${count} services
messages:
  Ask: { kind: command, fields: { n: id } }
channels:
${ids.map((it) => `  to-${it}: { kind: direct }`).join("\n")}
services:
${ids
  .map(
    (it) => `  service-number-${it}:
    receives: [to-${it}]
    handles:
      Ask:
${it + 1 < count ? `        - send: Ask\n          to: to-${it + 1}\n          with: { n: =msg.n }` : "        - work: 1ms"}`,
  )
  .join("\n")}
clients:
  somebody:
    people: [Ana]
    interaction: fire-and-forget
    screen:
      - form: Ask
        to: to-0
`;
}

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);

    test("forty boxes are there, none over another, and all names can be read", async ({ page }) => {
      await open(page);
      await paste(page, chain(40));
      await closeSheet(page);
      await pause(page);
      const boxes = page.getByRole("region", { name: "Stage" }).getByRole("button", { name: /^service-number-(?!.*→)/ });
      await expect(boxes).toHaveCount(40);
      const wrong = await boxes.evaluateAll((all) => {
        const at = all.map((it) => it.getBoundingClientRect());
        const wrong: string[] = [];
        all.forEach((it, index) => {
          const [a, words] = [at[index]!, it.querySelector(".node__name")!];
          if (words.scrollHeight > words.clientHeight + 2) wrong.push(`${words.textContent} is cut`);
          if (Number.parseFloat(getComputedStyle(words).fontSize) < 12) wrong.push(`${words.textContent} is small`);
          for (const b of at.slice(0, index)) {
            if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) {
              wrong.push(`${words.textContent} overlaps`);
            }
          }
        });
        return wrong;
      });
      expect(wrong).toEqual([]);
      await expectNoAxeViolations(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone });

  test("one runs, pauses, scrubs, breaks, and acts on a screen", async ({ page }) => {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await button(page, "Play").click();
    await expect(screenOf(page, "Ana")).toContainText(/Done|Confirmed/);
    await pause(page);
    await scrubTo(page, 0);
    await node(page, "sales").click();
    await button(page, "Crash sales").click();
    await closeSheet(page);
    await expect(node(page, "sales")).toContainText("crashed");
  });
});
