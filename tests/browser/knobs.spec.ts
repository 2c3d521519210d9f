// Knobs: each kind can be turned while the world goes on, takes effect at once, and travels with the link.

import { expect, open, test, type Page } from "./fixtures";
import {
  CLIPBOARD,
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
  restart,
  rows,
  says,
  screenOf,
  setSpeed,
  stepUntil,
  toldByTimeline,
} from "./person";
import { GUEST_BOOK } from "./texts";

test.use(CLIPBOARD);

const number = (page: Page, name: string) => details(page).getByRole("spinbutton", { name, exact: true });
const slider = (page: Page, name: string) => details(page).getByRole("slider", { name });

async function turn(page: Page, name: string, value: string): Promise<void> {
  await number(page, name).fill(value);
  await number(page, name).press("Tab");
  await expect(number(page, name)).toHaveValue(value);
}

test("a duration: views with a delay of five seconds learn five seconds later", async ({ page }) => {
  await openQuietly(page);
  await openTab(page, "Knobs");
  await expect(number(page, "Delay to the views")).toHaveValue("800");
  const ana = screenOf(page, "Ana");
  const learned = async () => {
    const start = await millis(page);
    await placeOrder(ana).click();
    const left = Number.parseInt((await rows(ana, "In the shop window").innerText()).match(/\d+/)![0], 10);
    const changed = await stepUntil(page, "the window knows", () =>
      says(rows(ana, "In the shop window"), new RegExp(`mug\\s*${left - 1}`)),
    );
    return changed - start;
  };
  const before = await learned();
  expect(before).toBeGreaterThan(800);
  expect(before).toBeLessThan(3_000);
  await turn(page, "Delay to the views", "5000");
  expect(await learned()).toBeGreaterThan(5_000);
  await turn(page, "Delay to the views", "0");
  expect(await learned()).toBeLessThan(before);
});

test("a share: with half of the messages lost, losses are told", async ({ page }) => {
  await open(page);
  await setSpeed(page, "5×");
  await openTab(page, "Knobs");
  const before = await millis(page);
  expect(await toldByTimeline(page)).not.toContain("lost");
  await turn(page, "Messages that get lost", "0.5");
  await expect(page.getByRole("button", { name: "Pause" }), "it goes on").toBeVisible();
  await page.getByRole("button", { name: "As a table" }).click();
  const loss = page.getByRole("table", { name: "What begins in sight" }).getByRole("row", { name: /lost$/ }).first();
  await expect(loss).toBeVisible();
  await pause(page);
  const at = (await loss.innerText()).match(/[\d.]+/)![0];
  expect(Number.parseFloat(at) * 1000, "not before the knob was turned").toBeGreaterThan(before);
});

test("a whole number: the next delivery brings as many mugs", async ({ page }) => {
  await openQuietly(page);
  const ana = screenOf(page, "Ana");
  await ana.getByRole("textbox", { name: "How many" }).fill("3");
  await ana.getByRole("textbox", { name: "How many" }).press("Tab");
  await placeOrder(ana).click();
  await setSpeed(page, "10×");
  await play(page);
  await expect(rows(ana, "In the shop window")).toHaveText(/mug\s*0/);
  await openTab(page, "Knobs");
  await turn(page, "Mugs in a delivery", "7");
  const before = await millis(page);
  // It was ordered before the knob was turned: that one brings as many as it was ordered with.
  await expect(rows(ana, "In the shop window")).toHaveText(/mug\s*[37]/);
  expect(await millis(page), "the run goes on").toBeGreaterThan(before);
});

test("a knob that only first rows depend on starts the run again, and it keeps on playing", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await expect.poll(() => millis(page)).toBeGreaterThan(1_000);
  await setSpeed(page, "1/20×");
  await openTab(page, "Knobs");
  await expect(details(page).getByText("Starts the run again")).toHaveCount(1);
  await expect(rows(screenOf(page, "Cleo"), "Welcome")).toHaveText(/en\s*1/);
  await turn(page, "Greetings on the wall", "7");
  expect(await millis(page)).toBeLessThan(1_000);
  await expect(rows(screenOf(page, "Cleo"), "Welcome")).toHaveText(/en\s*7/);
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
});

test("an interaction: the next wish is handled in the new way, those before stay as they were", async ({ page }) => {
  await open(page);
  await pause(page);
  await openTab(page, "Knobs");
  const knob = details(page).getByRole("combobox", { name: "Interaction" });
  const bar = page.getByRole("banner").getByRole("combobox", { name: "Interaction" });
  await expect(knob).toHaveValue("optimistic-honest");
  await play(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await knob.selectOption("Wait for it");
  await expect(bar, "the bar follows").toHaveValue("wait-for-it");
  await expect(page.getByText("The form freezes until the answer is there.").first()).toBeVisible();
  await placeOrder(screenOf(page, "Ana")).click();
  await expect(claims(screenOf(page, "Ana")).first()).toContainText("Please wait…");
  await expect(claims(screenOf(page, "Ana")).nth(1)).not.toContainText("Please wait…");
  await bar.selectOption("Fire and forget");
  await expect(knob, "the knob follows").toHaveValue("fire-and-forget");
});

test("true or false, and one of some words", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A guest book");
  await openTab(page, "Knobs");
  await setSpeed(page, "10×");
  const cleo = screenOf(page, "Cleo");
  const sign = async () => {
    await cleo.getByRole("button", { name: "Sign the book" }).click();
    await expect(cleo.getByRole("button", { name: "Sign the book" })).toBeEnabled();
    return claims(cleo).first().innerText();
  };
  expect(await sign()).toContain("Confirmed");
  await details(page).getByRole("combobox", { name: "Mood of the house" }).selectOption("grumpy");
  expect(await sign()).toContain("Refused: not in the mood");
  await details(page).getByRole("switch", { name: "The book is closed" }).check();
  expect(await sign()).toContain("Refused: closed today");
  await details(page).getByRole("switch", { name: "The book is closed" }).uncheck();
  await details(page).getByRole("combobox", { name: "Mood of the house" }).selectOption("calm");
  expect(await sign()).toContain("Confirmed");
});

test("the slider and the field of a knob say the same, and the keyboard turns both", async ({ page }) => {
  await openQuietly(page);
  await openTab(page, "Knobs");
  const [exact, hand] = [number(page, "Delay to the views"), slider(page, "Delay to the views")];
  await hand.focus();
  await page.keyboard.press("Home");
  await expect(exact).toHaveValue("0");
  await page.keyboard.press("End");
  await expect(exact).toHaveValue("5000");
  await turn(page, "Delay to the views", "1234");
  await expect(hand).toHaveValue("1234");
});

test("a knob is cut to its bounds", async ({ page }) => {
  await openQuietly(page);
  await openTab(page, "Knobs");
  const loss = number(page, "Messages that get lost");
  for (const [typed, stands] of [["7", "0.5"], ["8", "0.5"], ["-1", "0"], ["-2", "0"]]) {
    await loss.fill(typed!);
    await loss.press("Enter");
    await expect(loss, `after typing ${typed}`).toHaveValue(stands!);
  }
});

test("a copied link keeps every knob", async ({ page, context }) => {
  await openQuietly(page);
  await openTab(page, "Knobs");
  await turn(page, "Mugs in a delivery", "9");
  await restart(page);
  await habits(page, false);
  await playTo(page, 500, "1×");
  await turn(page, "Delay to the views", "1500");
  await turn(page, "Messages that get lost", "0.25");
  await details(page).getByRole("combobox", { name: "Interaction" }).selectOption("Accepted, then push");
  const link = await copyLink(page);

  const other = await context.newPage();
  await open(other, link);
  await openTab(other, "Knobs");
  await expect(number(other, "Mugs in a delivery")).toHaveValue("9");
  await expect(number(other, "Delay to the views")).toHaveValue("1500");
  await expect(number(other, "Messages that get lost")).toHaveValue("0.25");
  await expect(details(other).getByRole("combobox", { name: "Interaction" })).toHaveValue("accepted-then-push");
  await expect(rows(screenOf(other, "Ana"), "In the shop window")).toHaveText(/mug\s*9/);
});

test("what was turned later is turned back by going back", async ({ page }) => {
  await openQuietly(page);
  await openTab(page, "Knobs");
  await playTo(page, 1_000);
  await turn(page, "Delay to the views", "3000");
  await page.getByRole("slider", { name: "Playhead" }).fill("0");
  await expect(number(page, "Delay to the views")).toHaveValue("800");
});
