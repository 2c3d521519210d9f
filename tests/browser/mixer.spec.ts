// Mixing an interaction, axis by axis, while the world goes on.

import { VIEWPORTS, expect, test, type Page } from "./fixtures";
import { claims, openQuietly, openTab, paste, placeOrder, screenOf } from "./person";
import { GUEST_BOOK } from "./texts";

const mixer = (page: Page) => page.getByRole("dialog", { name: "Mix an interaction" });
const open = (page: Page) => page.getByRole("button", { name: "Mix an interaction" }).click();
const choice = (page: Page, name: string) => mixer(page).getByRole("radio", { name, exact: true });
const close = (page: Page) => mixer(page).getByRole("button", { name: "Close" }).click();
const named = (page: Page) => mixer(page).getByRole("combobox", { name: "Name" }).locator("option:checked");

test("a choice takes effect at that instant, and the combination says its name", async ({ page }) => {
  await openQuietly(page);
  await open(page);
  await mixer(page).getByRole("combobox", { name: "Name" }).selectOption("Accepted, then push");
  await expect(choice(page, "pending")).toBeChecked();
  await expect(mixer(page).getByRole("status")).toContainText("marked as not yet certain");
  await close(page);
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await expect(claims(ana)).toHaveText([/Pending…/]);
  await open(page);
  await choice(page, "block").click();
  await expect(named(page)).toHaveText("No name");
  await choice(page, "reply").click();
  await choice(page, "once").click();
  await mixer(page).getByRole("switch", { name: /carries a key/ }).click();
  await expect(named(page)).toHaveText("Wait for it");
  await close(page);
  await placeOrder(ana).click();
  await expect(placeOrder(ana)).toBeDisabled();
  await expect(claims(ana).first()).toHaveText(/Please wait…/);
});

test("an axis that a knob decides follows it, and turns it", async ({ page }) => {
  await openQuietly(page);
  const knob = "mood: { label: Mood of the house, type: choice, options: [calm, grumpy] }";
  const text = GUEST_BOOK.replace(knob, `${knob}\n  said: { label: Said meanwhile, type: choice, options: [block, pending] }`)
    .replace("interaction: wait-for-it", "interaction: { preset: wait-for-it, claim: =said }");
  await paste(page, text);
  await openTab(page, "Knobs");
  const said = page.getByRole("combobox", { name: "Said meanwhile" });
  await said.selectOption("pending");
  await open(page);
  await expect(choice(page, "pending")).toBeChecked();
  await choice(page, "block").click();
  await expect(named(page)).toHaveText("Wait for it");
  await close(page);
  await expect(said.locator("option:checked")).toHaveText("block");
});

test("the keyboard walks through the choices of an axis", async ({ page }) => {
  await openQuietly(page);
  await open(page);
  await choice(page, "once").focus();
  await choice(page, "once").press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(choice(page, "retry")).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(mixer(page)).toBeHidden();
});

test("what cannot work here is off, and says why", async ({ page }) => {
  await openQuietly(page);
  await paste(page, GUEST_BOOK);
  await open(page);
  const off = choice(page, "reserve");
  await expect(off).toBeDisabled();
  await expect(off).toHaveAccessibleDescription(/Not here: This form does not say which row it is about/);
  await expect(choice(page, "view")).toBeEnabled();
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("the mixer is among the knobs", async ({ page }) => {
    await openQuietly(page);
    await openTab(page, "Knobs");
    await page.getByRole("button", { name: "Mix an interaction" }).tap();
    await choice(page, "nothing").tap();
    await expect(choice(page, "nothing")).toBeChecked();
  });
});
