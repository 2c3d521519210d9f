// Finding what has happened, and running until something does.

import { expect, expectNoAxeViolations, test, type Page } from "./fixtures";
import { details, millis, node, openQuietly, openTab, placeOrder, playTo, screenOf } from "./person";

const field = (page: Page) => page.getByRole("searchbox", { name: "Find what has happened" });
const hits = (page: Page) => details(page).getByRole("listitem").getByRole("button");
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("words find what has happened, and a hit leads there", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await playTo(page, 5_000);
  await openTab(page, "Inspector");
  await field(page).fill("accepts ana-1");
  await expect(details(page)).toContainText("1 found");
  await expect(hits(page).first()).toContainText("sales accepts Ana-1");
  await field(page).fill("mug orderaccepted");
  await expect(hits(page).first()).toContainText("sales sends OrderAccepted");
  await hits(page).first().click();
  expect(await millis(page)).toBeLessThan(5_000);
  await expect(details(page).getByRole("heading", { name: "OrderAccepted" })).toBeVisible();
  await field(page).fill("zebra");
  await expect(details(page)).toContainText("Nothing found");
  await expectNoAxeViolations(page);
});

test("the keyboard finds, and leaves", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await playTo(page, 3_000);
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("clicks");
  await page.keyboard.press("Tab");
  await expect(hits(page).first()).toContainText("Ana clicks");
  await expect(hits(page).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("heading", { name: "Ana-1" })).toBeVisible();
});

test("it runs until the next message of a kind, and stands there", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await button(page, "Run until…").click();
  await expectNoAxeViolations(page);
  await button(page, "the next OrderAccepted").click();
  await expect(page.getByRole("status").filter({ hasText: "Stopped: sales sends OrderAccepted" })).toBeVisible();
  await expect(button(page, "Play")).toBeVisible();
  await expect(details(page).getByRole("heading", { name: "OrderAccepted" })).toBeVisible();
  const at = await millis(page);
  expect(at).toBeGreaterThan(100);
  expect(at).toBeLessThan(5_000);
});

test("it runs until a condition becomes true; one that is none is explained in place", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await button(page, "Run until…").click();
  const condition = page.getByRole("textbox", { name: "a condition becomes true" });
  await condition.fill("sales.stok['mug'].left < 3");
  await button(page, "Run until then").click();
  await expect(page.getByRole("alert")).toContainText("stok");
  await condition.fill("sales.stock['mug'].left < 3");
  await button(page, "Run until then").click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Stopped: sales.stock['mug'].left < 3" })).toBeVisible();
  await node(page, "sales").click();
  await expect(details(page).getByRole("row").filter({ hasText: "mug" })).toContainText("2");
});

test("what does not come is stopped by hand, at once", async ({ page }) => {
  await openQuietly(page);
  await page.getByRole("switch", { name: "People act by themselves" }).setChecked(true);
  await page.keyboard.press("u");
  await page.getByRole("textbox", { name: "a condition becomes true" }).fill("size(sales.stock) > 99");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Running until" })).toBeVisible();
  await button(page, "Stop").click();
  const at = await millis(page);
  await expect(button(page, "Play")).toBeVisible();
  expect(await millis(page)).toBe(at);
});

test("over a handler: it goes on until the handler ends", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await node(page, "sales").click();
  await page.keyboard.press("u");
  await expect(button(page, "this handler ends (step over)")).toHaveCount(0);
  await page.keyboard.press("Escape");
  for (let steps = 0; steps < 40; steps += 1) {
    if ((await node(page, "sales").innerText()).includes("works on")) break;
    await button(page, "Step").click();
  }
  await page.keyboard.press("o");
  await expect(page.getByRole("status").filter({ hasText: "Stopped: sales is done with" })).toBeVisible();
  await expect(node(page, "sales")).not.toContainText("works on");
});
