// Cause and effect: what led to the selected thing, and what followed, in words and in light.

import { expect, expectNoAxeViolations, test, type Page } from "./fixtures";
import { claims, details, millis, node, openQuietly, placeOrder, playTo, rows, screenOf, tabTo } from "./person";

/** The lines below a heading of the inspector. */
const lines = (page: Page, heading: string) =>
  details(page)
    .getByRole("heading", { name: heading })
    .locator("xpath=..")
    .getByRole("listitem")
    .getByRole("button");

/** One order of Ana's has come all the way to the screens. */
async function ordered(page: Page): Promise<void> {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await playTo(page, 6_000);
}

test("a row tells the way that led to it, hop by hop, and every line leads there", async ({ page }) => {
  await ordered(page);
  await node(page, "shop-window").click();
  await details(page).getByRole("button", { name: "mug", exact: true }).click();
  await expect(details(page).getByRole("heading", { name: "mug", exact: true })).toBeVisible();
  const causes = lines(page, "What led to it");
  await expect(causes.first()).toContainText("Ana clicks Place order");
  const told = await causes.allInnerTexts();
  for (const words of [/PlaceOrder travels [\d.]+m?s to broker/, /sales works on PlaceOrder for/, /OrderAccepted travels .* to shop-window/]) {
    expect(told.filter((it) => words.test(it)), `${words} in ${told.join(" | ")}`).not.toHaveLength(0);
  }
  await expectNoAxeViolations(page);

  // To the click, and on from there.
  await causes.first().click();
  expect(await millis(page)).toBe(0);
  await expect(details(page)).toContainText("Claim and truth");
  const effects = lines(page, "What followed");
  await expect(effects.filter({ hasText: "sales accepts Ana-1" })).toHaveCount(1);
  await effects.filter({ hasText: "sales takes PlaceOrder up" }).click();
  expect(await millis(page)).toBeGreaterThan(0);
  await expect(details(page).getByRole("heading", { name: "PlaceOrder", exact: true })).toBeVisible();
});

test("what has to do with the selected thing stays lit on the screens, the rest does not", async ({ page }) => {
  await openQuietly(page);
  const [ana, ben] = [screenOf(page, "Ana"), screenOf(page, "Ben")];
  await placeOrder(ana).click();
  await playTo(page, 4_000);
  await placeOrder(ben).click();
  await playTo(page, 9_000);
  const edge = (it: ReturnType<typeof claims>) => it.evaluate((it) => getComputedStyle(it).boxShadow);
  await claims(ana).first().click();
  await expect(details(page).getByRole("heading", { name: "Ana-1" })).toBeVisible();
  expect(await edge(claims(ana).first())).not.toBe("none");
  expect(await edge(claims(ben).first())).toBe("none");
  const order = (of: typeof ana, name: string) => rows(of, "Orders").filter({ hasText: name });
  expect(await edge(rows(ana, "In the shop window").first()), "her order changed it").not.toBe("none");
  await page.keyboard.press("Escape");
  expect(await edge(claims(ana).first())).toBe("none");
  await expect(order(ana, "mug")).not.toHaveCount(0);
});

test("with the keyboard alone one selects a claim and goes along cause and effect", async ({ page }) => {
  await ordered(page);
  await tabTo(page, screenOf(page, "Ana").getByRole("button", { name: "Ana", exact: true }));
  await page.keyboard.press("Enter");
  await tabTo(page, details(page).getByRole("button", { name: /^1 × mug/ }), 200);
  await page.keyboard.press("Enter");
  await expect(details(page).getByRole("heading", { name: "Ana-1" })).toBeVisible();
  await page.keyboard.press(".");
  const first = await details(page).getByRole("heading", { level: 2 }).innerText();
  expect(first).not.toBe("Ana-1");
  for (let steps = 0; steps < 4; steps += 1) await page.keyboard.press(".");
  const far = await millis(page);
  expect(far).toBeGreaterThan(0);
  await page.keyboard.press(",");
  expect(await millis(page)).toBeLessThanOrEqual(far);
  await expectNoAxeViolations(page);
});
