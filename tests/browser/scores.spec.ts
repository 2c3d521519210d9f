// The scorecard of the running world, two runs beside each other, and all interactions measured.

import { readFileSync } from "node:fs";
import { VIEWPORTS, expect, test, type Page } from "./fixtures";
import {
  claims,
  details,
  interact,
  millis,
  openQuietly,
  openTab,
  placeOrder,
  play,
  playTo,
  screenOf,
  setSpeed,
} from "./person";

const figure = (page: Page, name: string) => details(page).getByRole("row", { name: new RegExp(`^${name}`) });
const beside = (page: Page) => details(page).getByRole("combobox", { name: /Beside it/ });
const dialog = (page: Page) => page.getByRole("dialog", { name: "All interactions" });

test("the scorecard grows with the run, and marks what should be zero", async ({ page }) => {
  await openQuietly(page);
  await openTab(page, "Scores");
  await expect(details(page)).toContainText("Nobody has wished for anything yet");
  await interact(page, "Receipt sold as success (do not)");
  await placeOrder(screenOf(page, "Ana")).click();
  await expect(details(page)).toContainText("1 wish");
  await playTo(page, 1_000);
  await expect(figure(page, "False claim")).toContainText(/0\.\d\d, should be zero/);
  await expect(figure(page, "Time to feedback")).toContainText("0.00");
  await details(page).getByText("What is measured").click();
  await expect(details(page)).toContainText("The intent got lost, and the screen never said so.");
});

test("the same click is seen in two runs, and what differs is marked", async ({ page }) => {
  await openQuietly(page);
  await interact(page, "Wait for it");
  await openTab(page, "Scores");
  await beside(page).selectOption("Receipt sold as success (do not)");
  await expect(details(page)).toContainText("At this instant all screens say the same.");
  await placeOrder(screenOf(page, "Ana")).click();
  const row = details(page).getByRole("row", { name: /1 × mug/ });
  await expect(row).toHaveText(/1 × mug\s*Please wait…\s*≠ Done/);
  await playTo(page, 4_000);
  await expect(row).toHaveText(/1 × mug\s*Confirmed\s*≠ Done/);
  // Scorecards beside each other: blocked here, false there.
  await expect(figure(page, "Time blocked")).toHaveText(/[1-9]\.?\d*.*0\.00$|0\.[1-9].*0\.00$/);
  await expect(figure(page, "False claim")).toContainText(/0\.00.*should be zero/);
  await beside(page).selectOption("Nothing");
  await expect(row).toHaveCount(0);
});

test("all interactions are measured while the world plays, drawn, and saved", async ({ page }) => {
  test.slow();
  await openQuietly(page);
  await setSpeed(page, "1/20×");
  await play(page);
  await openTab(page, "Scores");
  await details(page).getByRole("button", { name: "All interactions" }).click();
  await dialog(page).getByRole("combobox", { name: "With" }).selectOption("3 seeds");
  await dialog(page).getByRole("button", { name: "Run" }).click();
  await expect(dialog(page)).toContainText("48 of 48 runs", { timeout: 60_000 });
  await expect(dialog(page).getByRole("progressbar")).toHaveAttribute("value", "48");
  const scores = dialog(page).getByRole("region", { name: "The scorecards" }).getByRole("row");
  await expect(scores).toHaveCount(17);

  // No two names overlap, and none is cut off.
  const boxes = await dialog(page).getByRole("figure").getByRole("button").evaluateAll((all) =>
    all.map((it) => ({ name: it.textContent, box: it.getBoundingClientRect().toJSON(), cut: it.scrollWidth > it.clientWidth + 1 })),
  );
  expect(boxes.length).toBeGreaterThan(12);
  for (const [index, a] of boxes.entries()) {
    expect(a.cut, `${a.name} is cut off`).toBe(false);
    for (const b of boxes.slice(index + 1)) {
      const apart = a.box.right <= b.box.left || b.box.right <= a.box.left || a.box.bottom <= b.box.top || b.box.bottom <= a.box.top;
      expect(apart, `${a.name} and ${b.name} overlap`).toBe(true);
    }
  }

  const download = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save as CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("scores.csv");
  const lines = readFileSync((await file.path())!, "utf8").trim().split("\n");
  expect(lines[0]).toBe("client,interaction,intents,measure,unit,mean,margin,p50,p95,p99,never");
  expect(lines.length).toBe(1 + 16 * 14);

  // A click on a name opens that world, from the start.
  await dialog(page).getByRole("figure").getByRole("button", { name: "Wait for it" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole("combobox", { name: "Interaction" }).locator("option:checked")).toHaveText("Wait for it");
  expect(await millis(page)).toBeLessThan(1_000);
  await placeOrder(screenOf(page, "Ben")).click();
  await expect(claims(screenOf(page, "Ben"))).toHaveText([/Please wait…/]);
});

test("a grid of choices is drawn, with names where they matter, and each point opens its world", async ({ page }) => {
  test.slow();
  await openQuietly(page);
  await openTab(page, "Scores");
  await details(page).getByRole("button", { name: "All interactions" }).click();
  const vary = (name: string) => dialog(page).getByRole("switch", { name, exact: true });
  for (const name of ["send", "claim", "learn", "read"]) await vary(name).check();
  await expect(dialog(page)).toContainText("That makes 864: 150 can be tried at most.");
  await expect(dialog(page).getByRole("button", { name: "Run" })).toBeDisabled();
  for (const name of ["send", "read"]) await vary(name).uncheck();
  await expect(dialog(page)).toContainText("36 are tried");
  await dialog(page).getByRole("combobox", { name: "With" }).selectOption("3 seeds");
  await dialog(page).getByRole("button", { name: "Run" }).click();
  await expect(dialog(page)).toContainText("108 of 108 runs", { timeout: 60_000 });
  const points = dialog(page).getByRole("figure").getByRole("button");
  expect(await points.count()).toBeGreaterThan(20);
  // Names do not overlap here either.
  const names = dialog(page).getByRole("figure").getByRole("listitem");
  const boxes = await names.getByRole("button").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON()));
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
    }
  }
  // A point without a written name is a button as well.
  await dialog(page).getByRole("figure").getByRole("button", { name: "block · reply" }).press("Enter");
  await expect(dialog(page)).toBeHidden();
  await placeOrder(screenOf(page, "Ben")).click();
  await expect(claims(screenOf(page, "Ben"))).toHaveText([/Please wait…/]);
});

test("trials are cancelled at once", async ({ page }) => {
  await openQuietly(page);
  await openTab(page, "Scores");
  await details(page).getByRole("button", { name: "All interactions" }).click();
  await dialog(page).getByRole("combobox", { name: "With" }).selectOption("100 seeds");
  await dialog(page).getByRole("button", { name: "Run" }).click();
  await expect(dialog(page)).toContainText(/[1-9]\d* of 1600 runs/);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page).getByRole("button", { name: "Run" })).toBeVisible();
  await expect(dialog(page).getByRole("progressbar")).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("the comparison is within reach", async ({ page }) => {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).tap();
    await openTab(page, "Scores");
    await beside(page).selectOption("Wait for it");
    await expect(details(page).getByRole("row", { name: /1 × mug/ })).toHaveText(/Done\s*≠ Please wait…/);
  });
});
