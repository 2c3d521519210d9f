// The text of what runs: changed, checked while one types, formatted, taken back, and run.

import { LOOKS, expect, expectNoAxeViolations, open, test, type Locator, type Page } from "./fixtures";

const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Text" });
const field = (page: Page): Locator => dialog(page).getByRole("textbox", { name: "Text of the scenario" });
const findings = (page: Page): Locator => dialog(page).getByRole("list", { name: "Findings" }).getByRole("listitem");
const button = (page: Page, name: string): Locator => dialog(page).getByRole("button", { name, exact: true });

/** Opens the dialog and hands over what stands in it. */
async function openText(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await expect(field(page)).toBeFocused();
  return field(page).inputValue();
}

/** The stretch that is selected. */
const selected = (page: Page): Promise<string> =>
  field(page).evaluate((it: HTMLTextAreaElement) => it.value.slice(it.selectionStart, it.selectionEnd));

test("a changed copy runs, says that it is one, and the original is one click away", async ({ page }) => {
  await open(page);
  const text = await openText(page);
  expect(text).toContain("title: A mug, eventually");
  await expect(dialog(page).getByRole("status")).toHaveText("Nothing is wrong with this text.");
  await field(page).fill(text.replace("A mug, eventually", "A cup, perhaps"));
  await button(page, "Run this").click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(title(page)).toHaveText("A cup, perhaps — edited");
  await page.getByRole("button", { name: "Original" }).click();
  await expect(title(page)).toHaveText("A mug, eventually");
  await expect(page.getByRole("button", { name: "Original" })).toHaveCount(0);
});

test("findings come while one types, lead to their place, and what runs goes on", async ({ page }) => {
  await open(page);
  const text = await openText(page);
  await field(page).fill(text.replace("kind: queue", "kind: quue").replace("role: view", "rule: view"));
  await expect(dialog(page).getByRole("status")).toHaveText("2 things are wrong with this text.");
  await expect(findings(page)).toHaveCount(2);
  await expect(button(page, "Run this")).toBeDisabled();
  await findings(page).nth(1).getByRole("button").click();
  await expect(field(page)).toBeFocused();
  expect(await selected(page)).toBe("rule");
  await findings(page).nth(0).getByRole("button").click();
  expect(await selected(page)).toBe("quue");
  await page.keyboard.type("queue");
  await expect(findings(page)).toHaveCount(1);
  // With the keyboard it does not run either: it leads to what is wrong.
  await page.keyboard.press("Control+Enter");
  expect(await selected(page)).toBe("rule");
  await page.keyboard.type("role");
  await expect(dialog(page).getByRole("status")).toHaveText("Nothing is wrong with this text.");
  await expect(title(page)).toHaveText("A mug, eventually");
  expect(await field(page).inputValue()).toBe(text);
});

test("formatting is one step of the browser's own undo", async ({ page }) => {
  await open(page);
  const text = await openText(page);
  await field(page).fill(text.replace("inflight: 1\n", "inflight:    1 \n"));
  const untidy = await field(page).inputValue();
  await button(page, "Format").click();
  await expect(field(page)).toHaveValue(text);
  await page.keyboard.press("Control+z");
  await expect(field(page)).toHaveValue(untidy);
});

test("with the keyboard alone: Tab indents, Escape and Tab leave, Control Enter runs", async ({ page }) => {
  await open(page);
  const text = await openText(page);
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue(`# mine\n  ${text}`);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(field(page)).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(title(page)).toHaveText("A mug, eventually — edited");
});

test("what is written stays when the dialog is put away", async ({ page }) => {
  await open(page);
  const text = await openText(page);
  await field(page).fill(`${text}# not yet\n`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  expect(await openText(page)).toBe(`${text}# not yet\n`);
});

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);
    test("the text, good and broken, for everybody", async ({ page }) => {
      await open(page);
      const text = await openText(page);
      await expectNoAxeViolations(page);
      await field(page).fill(text.replace("kind: queue", "kind: quue"));
      await expect(findings(page)).toHaveCount(1);
      await expectNoAxeViolations(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, "nothing scrolls sideways").toBe(false);
    });
  });
}
