// The inspector: whatever is clicked, on the stage or in the list, tells what is known about it.

import { VIEWPORTS, expect, test, type Page } from "./fixtures";
import {
  air,
  claims,
  details,
  millis,
  node,
  openQuietly,
  openTab,
  paintedCommand,
  placeOrder,
  play,
  rows,
  says,
  screenOf,
  scrubTo,
  setSpeed,
  stepUntil,
  tabTo,
  toldByTimeline,
} from "./person";

/** Goes to an instant at which the command is painted clear of the boxes, as far as a finger goes, and tells where. */
async function clearToken(page: Page): Promise<{ x: number; y: number }> {
  for (let at = 40; at < 900; at += 20) {
    await scrubTo(page, at);
    const token = await paintedCommand(page);
    const covered = await page.evaluate((it) => {
      if (!it) return true;
      const around = [-20, 0, 20].flatMap((x) => [-20, 0, 20].map((y) => document.elementFromPoint(it.x + x, it.y + y)));
      return around.some((it) => it?.closest("button, [aria-label$=screen]"));
    }, token);
    if (token && !covered) return token;
  }
  throw new Error("the command is never painted clear of the boxes");
}

const ORDERED = { name: "PlaceOrder, command" };

test("a token in flight is caught with the mouse", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 120);
  await expect(air(page).getByRole("button", ORDERED)).toBeVisible();
  const token = (await paintedCommand(page))!;
  expect(token, "the command is painted").toBeDefined();
  await page.mouse.click(token.x, token.y);
  await expect(page.getByRole("tab", { name: "Inspector" })).toHaveAttribute("aria-selected", "true");
  await expect(details(page).getByRole("heading", { name: "PlaceOrder" })).toBeVisible();
  await expect(details(page)).toContainText("command");
  await expect(details(page)).toContainText(/where\s*on its way from Ana to broker/);

  // A click on nothing selects nothing.
  const stage = (await page.getByRole("main").locator("canvas").boundingBox())!;
  await page.mouse.click(stage.x + 6, stage.y + stage.height - 6);
  await expect(details(page)).toContainText("Nothing is selected");
});

test("the painted token travels with the virtual time", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  const places = [];
  for (const at of [60, 120, 180]) {
    await scrubTo(page, at);
    places.push((await paintedCommand(page))!);
  }
  const [a, b, c] = places as [(typeof places)[0], (typeof places)[0], (typeof places)[0]];
  const along = (from: typeof a, to: typeof a) => Math.hypot(to.x - from.x, to.y - from.y);
  expect(along(a, b)).toBeGreaterThan(5);
  // Equal times, equal ways: it never eases.
  expect(Math.abs(along(a, b) - along(b, c))).toBeLessThan(3);
});

test("a message tells its envelope and its body, and where it is as time goes on", async ({ page }) => {
  await openQuietly(page);
  await screenOf(page, "Ana").getByRole("button", { name: "More How many" }).click();
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 120);
  await air(page).getByRole("button", ORDERED).focus();
  await page.keyboard.press("Enter");
  const fact = (name: string) =>
    details(page).getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::*[1]");
  await expect(fact("source")).toHaveText("Ana");
  await expect(fact("type")).toHaveText("command PlaceOrder");
  await expect(fact("time")).toHaveText("0.000 s");
  await expect(fact("age")).toHaveText("120ms");
  await expect(fact("sku")).toHaveText("mug");
  await expect(fact("qty")).toHaveText("2");
  for (const name of ["id", "correlation id", "causation id", "idempotency key"]) await expect(fact(name)).not.toBeEmpty();

  await stepUntil(page, "sales works on it", () => says(fact("where"), "being handled by sales"));
  await stepUntil(page, "it is gone", () => says(details(page), "no longer under way"));
  await expect(fact("sku"), "what it said is still known").toHaveText("mug");
  await expect(details(page).getByRole("button", { name: /sales is done with PlaceOrder/ })).toBeVisible();
  await scrubTo(page, 120);
  await expect(fact("where")).toHaveText("on its way from Ana to broker");
});

test("a service tells its state, its tables, and the line where its handler stands", async ({ page }) => {
  await openQuietly(page);
  await node(page, "sales").click();
  await expect(details(page).getByRole("heading", { name: "sales", exact: true })).toBeVisible();
  await expect(details(page)).toContainText("Table stock");
  await expect(details(page).getByRole("row").filter({ hasText: "mug" })).toContainText("3");
  await expect(details(page)).toContainText("Inbox (0)");
  await placeOrder(screenOf(page, "Ana")).click();
  await stepUntil(page, "sales works", () => says(node(page, "sales"), "works on PlaceOrder"));
  await expect(details(page)).toContainText("works until");
  await expect(details(page).getByRole("list").filter({ hasText: "work: exponential(40ms)" })).toBeVisible();
  await stepUntil(page, "sales has decided", () => says(details(page).getByRole("row"), /mug\s*2/));
  await expect(node(page, "sales")).toHaveAttribute("aria-pressed", "true");
});

test("a view tells the rows that screens are shown", async ({ page }) => {
  await openQuietly(page);
  await node(page, "order-list").click();
  await expect(details(page)).toContainText("Table orders");
  await expect(details(page)).toContainText("No rows");
  await placeOrder(screenOf(page, "Ana")).click();
  await stepUntil(page, "the view has a row", () => says(details(page).getByRole("row"), /mug/));
  // The view knows, the screens do not yet.
  await expect(rows(screenOf(page, "Ana"), "Orders")).toHaveCount(0);
});

test("a channel tells its settings and what is in it", async ({ page }) => {
  await openQuietly(page);
  await node(page, "orders").click();
  await expect(details(page)).toContainText(/kind\s*queue/);
  await expect(details(page)).toContainText("Waiting (0)");
  await placeOrder(screenOf(page, "Ana")).click();
  await stepUntil(page, "the queue has handed it out", () => says(details(page), "Handed out (1)"));
  await details(page).getByRole("button", { name: /^PlaceOrder/ }).click();
  await expect(details(page).getByRole("heading", { name: "PlaceOrder" })).toBeVisible();
  await node(page, "order-events").click();
  await expect(details(page)).toContainText(/kind\s*topic/);
});

test("a person tells what the screen says beside what is true", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await screenOf(page, "Ana").getByRole("button", { name: "Ana", exact: true }).click();
  await expect(details(page)).toContainText("Optimistic, honest");
  const claim = details(page).getByRole("listitem").filter({ hasText: "1 × mug" });
  await expect(claim).toContainText("Done");
  const truth = await claim.innerText();
  await stepUntil(page, "it has come true", async () => (await claim.innerText()) !== truth);
  await expect(claim, "the screen still says the same").toContainText("Done");
  await stepUntil(page, "the screen knows", () => says(claim, "Confirmed"));
});

test("a link is found by the keyboard, and tells what it has carried", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await placeOrder(screenOf(page, "Ben")).click();
  await scrubTo(page, 2_000);
  const link = page.getByRole("group", { name: "Links" }).getByRole("button", { name: "broker → sales" });
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await expect(details(page)).toContainText("broker → sales");
  await expect(details(page).getByRole("definition")).toContainText(["as usual", "0", "2", "2", "0"]);
  const bars = details(page).getByRole("heading", { name: "How long they took" }).locator("..").getByRole("definition");
  const counts = (await bars.allInnerTexts()).map(Number);
  expect(counts.reduce((sum, it) => sum + it, 0), "each message is in one of the bars").toBe(2);
});

test("a crashed service says so, the queue keeps its message, and it is handled after the restart", async ({ page }) => {
  await openQuietly(page);
  const [ana, sales] = [screenOf(page, "Ana"), node(page, "sales")];
  await sales.click();
  await details(page).getByRole("button", { name: "Crash sales" }).click();
  await expect(sales).toContainText("crashed");
  await expect(details(page)).toContainText(/process\s*crashed/);
  expect(await toldByTimeline(page)).toContain("sales crashes");

  await placeOrder(ana).click();
  const queue = page.getByRole("region", { name: "Stage" });
  await stepUntil(page, "the queue holds it", () => says(queue, /1 waiting|handed out/));
  await scrubTo(page, 3_000);
  await expect(claims(ana)).not.toContainText(["Confirmed"]);
  await expect(rows(ana, "In the shop window")).toHaveText(/mug\s*3/);
  await node(page, "orders").click();
  await expect(details(page).getByRole("button", { name: /^PlaceOrder/ }), "the queue keeps it").toHaveCount(1);

  await sales.click();
  await details(page).getByRole("button", { name: "Restart sales" }).click();
  await expect(sales).not.toContainText("crashed");
  await play(page);
  await expect(claims(ana)).toHaveText([/1 × mug\s*Confirmed/]);
  await expect(rows(ana, "In the shop window")).toHaveText(/mug\s*2/);
  await expect(rows(ana, "Orders"), "it was handled once").toHaveText([/mug\s*1/]);
  await expect(details(page)).toContainText(/crashes\s*1/);
});

test("on the stage, the selected service can be crashed where it stands", async ({ page }) => {
  await openQuietly(page);
  await node(page, "shop-window").click();
  const stage = page.getByRole("region", { name: "Stage" });
  await stage.getByRole("button", { name: "Crash shop-window" }).click();
  await expect(node(page, "shop-window")).toContainText("crashed");
  await stage.getByRole("button", { name: "Restart shop-window" }).click();
  await expect(node(page, "shop-window")).not.toContainText("crashed");
});

test("Escape selects nothing", async ({ page }) => {
  await openQuietly(page);
  await node(page, "sales").click();
  await page.keyboard.press("Escape");
  await expect(details(page)).toContainText("Nothing is selected");
  await expect(node(page, "sales")).toHaveAttribute("aria-pressed", "false");
});

test("while the keyboard is in the moving list, the list stands still", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 200);
  await setSpeed(page, "1/10×");
  await play(page);
  const message = air(page).getByRole("button", ORDERED);
  await message.focus();
  // By then the queue has it, at the latest.
  await expect.poll(() => millis(page)).toBeGreaterThan(460);
  await expect(message, "it is still there to be pressed").toBeFocused();
  await page.keyboard.press("Enter");
  await expect(details(page)).toContainText("no longer under way");
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("a finger catches a token, and the sheet comes up and goes away", async ({ page }) => {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).tap();
    const token = await clearToken(page);
    await page.touchscreen.tap(token.x, token.y);
    await expect(details(page).getByRole("heading", { name: "PlaceOrder" })).toBeVisible();
    await page.getByRole("button", { name: "Close details" }).tap();
    await expect(details(page)).toHaveCount(0);
  });

  test("a finger crashes a service and lets it come back", async ({ page }) => {
    await openQuietly(page);
    await node(page, "sales").tap();
    await details(page).getByRole("button", { name: "Crash sales" }).tap();
    await expect(node(page, "sales")).toContainText("crashed");
    await details(page).getByRole("button", { name: "Restart sales" }).tap();
    await expect(node(page, "sales")).not.toContainText("crashed");
    await openTab(page, "Rules");
    await expect(details(page)).toContainText("never oversold");
  });
});
