// What a link can carry beside a run, how long it is, and what to do when it is too long.

import { readFile } from "node:fs/promises";
import { LOOKS, VIEWPORTS, expect, expectNoAxeViolations, open, test, type Locator, type Page } from "./fixtures";
import { CLIPBOARD, accept, millis, offered, openLink, openTab, details, paste, pause } from "./person";
import { GUEST_BOOK } from "./texts";

const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Share" });
const field = (page: Page): Locator => dialog(page).getByRole("textbox", { name: "Link" });
const code = (page: Page): Locator => dialog(page).getByRole("img", { name: "The link as a QR code" });

async function share(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(dialog(page)).toBeVisible();
}

test("a link says how long it is, and has a code for phones as long as that is short enough", async ({ page }) => {
  await open(page);
  await pause(page);
  await share(page);
  const link = await field(page).inputValue();
  await expect(dialog(page).getByRole("status")).toHaveText(`${link.length} characters`);
  await expect(code(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await paste(page, GUEST_BOOK);
  await share(page);
  await expect(code(page)).toHaveCount(0);
  await expect(dialog(page).getByRole("status")).toContainText("too long for a code");
});

test("a link goes to this instant or to the start, and opens the panel where one wants it", async ({ page, context }) => {
  await open(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(500);
  await pause(page);
  await share(page);
  await expect(field(page)).toHaveValue(/&run=1\./);
  await dialog(page).getByRole("switch", { name: /^At this instant/ }).setChecked(false);
  await dialog(page).getByRole("combobox", { name: "Open the panel at" }).selectOption("knobs");
  await expect(field(page)).toHaveValue(/#scenario=first-steps\/a-mug-eventually&panel=knobs$/);
  const other = await context.newPage();
  await open(other, await field(page).inputValue());
  await expect(other.getByRole("tab", { name: "Knobs" })).toHaveAttribute("aria-selected", "true");
  await expect(other.getByRole("button", { name: "Pause", exact: true }), "it plays from its start").toBeVisible();
});

test("in a frame there is nothing but the stage and its controls", async ({ page, context }) => {
  await open(page);
  await share(page);
  await dialog(page).getByRole("switch", { name: /^Only the stage/ }).setChecked(true);
  const other = await context.newPage();
  await open(other, await field(page).inputValue());
  await expect(other.getByRole("region", { name: "Stage" })).toBeVisible();
  await expect(other.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await expect(other.getByRole("banner")).toBeHidden();
  await expect(other.getByRole("tab", { name: "Knobs" })).toBeHidden();
});

test("a link that is too long says so, and goes into a file that opens with its run", async ({ page }) => {
  await open(page);
  // Nothing that can be packed: 100,000 digits by chance.
  let seed = 1;
  const noise = Array.from({ length: 1_400 }, () => {
    seed = (seed * 48271) % 2147483647;
    return `# ${Array.from({ length: 12 }, () => (seed = (seed * 48271) % 2147483647).toString(36)).join("")}`;
  });
  const text = GUEST_BOOK.replace("inflight: 1\n", `inflight: 1\n${noise.join("\n")}\n`);
  // As a file: Chromium takes ten seconds to type so much into any field.
  await page.getByRole("button", { name: "Open a scenario" }).click();
  const buffer = Buffer.from(text);
  await page.getByLabel(/^Scenario or documents/).setInputFiles({ name: "book.yaml", mimeType: "text/yaml", buffer });
  await accept(page);
  await page.getByRole("button", { name: "Sign the book" }).click();
  await pause(page);
  await share(page);
  await expect(dialog(page).getByRole("status")).toContainText("Save it as a file");
  await expect(dialog(page).getByRole("button", { name: "Copy link" })).toBeDisabled();
  const download = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save with its run" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("a-guest-book.inflight.txt");
  const file = await readFile(await saved.path());
  await page.goto("about:blank");
  await open(page);
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await page.getByLabel(/^Scenario or documents/).setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: file });
  await expect(offered(page)).toContainText("1 thing that people did");
  await accept(page);
  await expect(title(page)).toHaveText("A guest book");
});

test("the text alone is saved as it is", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await share(page);
  const download = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save the text" }).click();
  expect((await download).suggestedFilename()).toBe("a-guest-book.yaml");
  expect(await readFile(await (await download).path(), "utf8")).toBe(GUEST_BOOK);
});

test("a link of another engine, or to a scenario that has changed, says that results may differ", async ({ page }) => {
  await open(page, "/#scenario=first-steps/a-mug-eventually&engine=7");
  await expect(page.getByText("It was made with engine 7, this is 1: results may differ")).toBeVisible();
  await page.goto("about:blank");
  await open(page, "/#scenario=first-steps/a-mug-eventually&of=000000");
  await expect(page.getByText("The scenario has changed since: results may differ")).toBeVisible();
});

test("a link from the first days still opens", async ({ page }) => {
  // Copied before links had marks, engines and options.
  await open(page, "/#scenario=first-steps/a-mug-eventually&run=1.K05NTbFSMOJKLLFSMDXILeYCAA");
  await expect(title(page)).toHaveText("A mug, eventually");
});

test.describe("with the clipboard", () => {
  test.use(CLIPBOARD);

  test("a changed copy that was sent knows its original", async ({ page, context }) => {
    await open(page);
    await page.getByRole("button", { name: "Text", exact: true }).click();
    const text = page.getByRole("textbox", { name: "Text of the scenario" });
    await text.fill((await text.inputValue()).replace("A mug, eventually", "A cup, perhaps"));
    await page.getByRole("button", { name: "Run this" }).click();
    await share(page);
    const other = await context.newPage();
    await openLink(other, await field(page).inputValue());
    await expect(title(other)).toHaveText("A cup, perhaps — edited");
    await other.getByRole("button", { name: "Original" }).click();
    await expect(title(other)).toHaveText("A mug, eventually");
  });
});

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);
    test("sharing, for everybody", async ({ page }) => {
      await open(page);
      await share(page);
      await expectNoAxeViolations(page);
      await expect(code(page)).toBeInViewport({ ratio: 1 });
      const box = (await code(page).boundingBox())!;
      expect(box.width, "it can be read from afar").toBeGreaterThanOrEqual(use.viewport === VIEWPORTS.phone ? 200 : 230);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, "nothing scrolls sideways").toBe(false);
    });
  });
}
