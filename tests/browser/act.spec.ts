// Acting on the screens of the people on the stage: who clicks there, is that person.

import { VIEWPORTS, expect, open, test, type Page } from "./fixtures";
import {
  air,
  claims,
  details,
  habits,
  interact,
  millis,
  openQuietly,
  openTab,
  pause,
  placeOrder,
  play,
  playTo,
  quiet,
  rows,
  says,
  screenOf,
  setSpeed,
  stepUntil,
  tabTo,
} from "./person";

const WINDOW = "In the shop window";

/** Follows an order of so many mugs to its end, as everybody on the stage can see it. */
async function expectOrdered(page: Page, who: string, count: number): Promise<void> {
  await expect(claims(screenOf(page, who))).toHaveText([new RegExp(`${count} × mug\\s*Confirmed`)]);
  for (const name of ["Ana", "Ben"]) {
    await expect(rows(screenOf(page, name), WINDOW)).toHaveText([new RegExp(`mug\\s*${3 - count}`)]);
    await expect(rows(screenOf(page, name), "Orders")).toHaveText([new RegExp(`mug\\s*${count}`)]);
  }
  await expect(claims(screenOf(page, who === "Ana" ? "Ben" : "Ana"))).toHaveCount(0);
}

for (const who of ["Ana", "Ben"]) {
  test(`${who} orders two mugs with the mouse while the world goes on`, async ({ page }) => {
    await openQuietly(page);
    await play(page);
    const screen = screenOf(page, who);
    await screen.getByRole("button", { name: "More How many" }).click();
    await expect(screen.getByRole("textbox", { name: "How many" })).toHaveValue("2");
    await placeOrder(screen).click();
    await expect(claims(screen)).toHaveText([/2 × mug\s*Done/]);
    await expect(air(page).getByRole("button", { name: "PlaceOrder, command" })).toBeVisible();
    await expectOrdered(page, who, 2);
  });
}

test("Ben orders with the keyboard alone", async ({ page }) => {
  await openQuietly(page);
  const screen = screenOf(page, "Ben");
  await tabTo(page, screen.getByRole("button", { name: "More How many" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await expect(screen.getByRole("textbox", { name: "How many" })).toHaveValue("3");
  await tabTo(page, placeOrder(screen));
  await page.keyboard.press("Space");
  await expect(claims(screen)).toHaveText([/3 × mug\s*Done/]);
  await tabTo(page, page.getByRole("button", { name: "Play", exact: true }));
  await page.keyboard.press("Enter");
  await expectOrdered(page, "Ben", 3);
});

test("a number is typed, and cut to what the form allows", async ({ page }) => {
  await openQuietly(page);
  const field = screenOf(page, "Ana").getByRole("textbox", { name: "How many" });
  for (const [typed, stands] of [["2", "2"], ["99", "3"], ["98", "3"], ["-5", "1"], ["many", "1"], ["", "1"]]) {
    await field.fill(typed!);
    await field.press("Tab");
    await expect(field, `after typing “${typed}”`).toHaveValue(stands!);
  }
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  for (const who of ["Ana", "Ben"]) {
    test(`${who} orders with a finger`, async ({ page }) => {
      await openQuietly(page);
      const screen = screenOf(page, who);
      await screen.getByRole("button", { name: "More How many" }).tap();
      await placeOrder(screen).tap();
      await expect(claims(screen)).toHaveText([/2 × mug\s*Done/]);
      await page.getByRole("button", { name: "Play", exact: true }).tap();
      await expectOrdered(page, who, 2);
    });
  }

  test("the way that wishes are handled is chosen among the knobs", async ({ page }) => {
    await openQuietly(page);
    await page.getByRole("tab", { name: "Knobs" }).tap();
    await interact(page, "Fire and forget");
    await page.getByRole("button", { name: "Close details" }).tap();
    await placeOrder(screenOf(page, "Ana")).tap();
    await stepUntil(page, "the wish is on its way", () => says(air(page), "PlaceOrder"));
    await expect(claims(screenOf(page, "Ana"))).toHaveCount(0);
  });
});

test("one click is seen at five places, at five different times", async ({ page }) => {
  await openQuietly(page);
  const [ana, ben] = [screenOf(page, "Ana"), screenOf(page, "Ben")];
  await placeOrder(ana).click();
  // The screen claims at once what nobody knows yet.
  await expect(claims(ana)).toHaveText([/1 × mug\s*Done/]);
  const seen = new Map<string, number>();
  const places: [string, () => Promise<boolean>][] = [
    ["the decision on Ana's screen", () => says(claims(ana), "Confirmed")],
    ["the window on Ana's screen", () => says(rows(ana, WINDOW), /mug\s*2/)],
    ["the window on Ben's screen", () => says(rows(ben, WINDOW), /mug\s*2/)],
    ["the orders on Ana's screen", () => says(rows(ana, "Orders"), /mug\s*1/)],
    ["the orders on Ben's screen", () => says(rows(ben, "Orders"), /mug\s*1/)],
  ];
  await stepUntil(page, "all five places know", async () => {
    for (const [place, knows] of places) {
      if (!seen.has(place) && (await knows())) seen.set(place, await millis(page));
    }
    return seen.size === places.length;
  });
  const times = [...seen.values()];
  expect(new Set(times).size, JSON.stringify([...seen])).toBe(5);
  for (const who of ["Ana", "Ben"]) {
    const [window, orders] = ["window", "orders"].map((it) => seen.get(`the ${it} on ${who}'s screen`)!);
    expect(orders!, "the list of orders is the slower view").toBeGreaterThan(window!);
  }
});

test("with habits off nobody acts, and with habits on people do", async ({ page }) => {
  await openQuietly(page);
  await playTo(page, 60_000, "100×");
  for (const who of ["Ana", "Ben"]) await expect(claims(screenOf(page, who))).toHaveCount(0);
  await expect(air(page)).toContainText("No message is in the air");

  await habits(page, true);
  await playTo(page, 120_000, "100×");
  for (const who of ["Ana", "Ben"]) await expect(claims(screenOf(page, who))).not.toHaveCount(0);
});

test("“Wait for it” freezes the form until the answer is there", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Wait for it");
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await expect(placeOrder(ana)).toBeDisabled();
  await expect(claims(ana)).toHaveText([/1 × mug\s*Please wait…/]);
  await expect(placeOrder(screenOf(page, "Ben"))).toBeEnabled();
  const answered = await stepUntil(page, "the form is free", () => placeOrder(ana).isEnabled());
  expect(answered).toBeGreaterThan(500);
  await expect(claims(ana)).toHaveText([/1 × mug\s*Confirmed/]);
});

test("“Accepted, then push” shows the wish as pending until it is confirmed", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Accepted, then push");
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await expect(claims(ana)).toHaveText([/1 × mug\s*Pending…/]);
  await expect(placeOrder(ana)).toBeEnabled();
  await stepUntil(page, "the wish is confirmed", () => says(claims(ana), "Confirmed"));
});

test("“Optimistic, honest” shows the wish as done, and takes it back when the mugs are sold out", async ({ page }) => {
  await openQuietly(page);
  const ana = screenOf(page, "Ana");
  await ana.getByRole("textbox", { name: "How many" }).fill("3");
  await ana.getByRole("textbox", { name: "How many" }).press("Tab");
  await placeOrder(ana).click();
  await placeOrder(ana).click();
  await expect(claims(ana)).toHaveText([/3 × mug\s*Done/, /3 × mug\s*Done/]);
  await stepUntil(page, "one of them is taken back", () => says(claims(ana), "Taken back: sold out"));
  await stepUntil(page, "the other one is confirmed", () => says(claims(ana), "Confirmed"));
  await expect(claims(ana)).toHaveCount(2);
  await expect(claims(ana).getByRole("deletion")).toHaveText("3 × mug");
});

test("“Fire and forget” says nothing at all", async ({ page }) => {
  await openQuietly(page);
  const ana = screenOf(page, "Ana");
  await interact(page, "Fire and forget");
  await placeOrder(ana).click();
  await stepUntil(page, "sales has decided", () => says(air(page), "OrderAccepted"));
  await expect(claims(ana)).toHaveCount(0);
});

test("two people want the last mugs, and only one of them gets them", async ({ page }) => {
  await openQuietly(page);
  for (const who of ["Ana", "Ben"]) {
    const screen = screenOf(page, who);
    await screen.getByRole("textbox", { name: "How many" }).fill("3");
    await screen.getByRole("textbox", { name: "How many" }).press("Tab");
    await placeOrder(screen).click();
  }
  await setSpeed(page, "10×");
  await play(page);
  const both = page.getByRole("list", { name: "What became of it" }).getByRole("listitem");
  await expect(both.filter({ hasText: "Confirmed" })).toHaveCount(1);
  await expect(both.filter({ hasText: "Taken back: sold out" })).toHaveCount(1);
  // What must hold is told beside the stage.
  await pause(page);
  await openTab(page, "Rules");
  await expect(details(page).getByRole("listitem").filter({ hasText: "never oversold" })).toContainText("holds");
});

test("a restart forgets what people did", async ({ page }) => {
  await open(page);
  await quiet(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await stepUntil(page, "the wish is on its way", () => says(air(page), "PlaceOrder"));
  await quiet(page);
  await expect(claims(screenOf(page, "Ana"))).toHaveCount(0);
});
