// Links: what one person sees, the other one sees too, at the same instant.

import { ROOTS, expect, open, test, type Page } from "./fixtures";
import {
  CLIPBOARD,
  air,
  claims,
  copyLink,
  details,
  millis,
  node,
  openLink,
  openQuietly,
  openTab,
  paste,
  pause,
  placeOrder,
  play,
  playTo,
  report,
  screenOf,
  scrubTo,
  told,
  toldByPlaces,
} from "./person";
import { GUEST_BOOK } from "./texts";

/** Opens the copied link beside the page, and compares everything that both tell. */
async function expectSame(page: Page): Promise<Page> {
  const link = await copyLink(page);
  const other = await page.context().newPage();
  await openLink(other, link);
  await expect(other.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  expect(await millis(other)).toBe(await millis(page));
  await expect.poll(() => toldByPlaces(other)).toBe(await toldByPlaces(page));
  expect(await copyLink(other), "the copy of the copy").toBe(link);
  return other;
}

test.describe("with the clipboard", () => {
  test.use(CLIPBOARD);

  for (const root of ROOTS) {
    test(`a link shows the same instant of the same run under ${root}`, async ({ page }) => {
      await open(page, root);
      await expect.poll(() => millis(page)).toBeGreaterThan(2_500);
      await pause(page);
      const other = await expectSame(page);
      expect(new URL(other.url()).pathname).toBe(root);
    });
  }

  test("a link lists the messages that are in the air", async ({ page, context }) => {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await scrubTo(page, 120);
    await expect(air(page)).toContainText("1 message in the air");
    const other = await context.newPage();
    await open(other, await copyLink(page));
    await expect(air(other)).toContainText("1 message in the air", { timeout: 2_000 });
  });

  test("copying says so, and how long the link is", async ({ page }) => {
    await open(page);
    await pause(page);
    const link = await copyLink(page);
    await expect(page.getByRole("status").filter({ hasText: `Link copied, ${link.length} characters` })).toBeVisible();
    expect(link.length).toBeLessThan(500);
  });

  test("a link carries knobs, clicks, a crash and a change of the interaction", async ({ page }) => {
    await openQuietly(page);
    await openTab(page, "Knobs");
    await details(page).getByRole("spinbutton", { name: "Delay to the views" }).fill("2000");
    await details(page).getByRole("spinbutton", { name: "Delay to the views" }).press("Tab");
    await placeOrder(screenOf(page, "Ana")).click();
    await playTo(page, 1_500, "2×");
    await page.getByRole("banner").getByRole("combobox", { name: "Interaction" }).selectOption("Wait for it");
    await placeOrder(screenOf(page, "Ben")).click();
    await node(page, "sales").click();
    await details(page).getByRole("button", { name: "Crash sales" }).click();
    await playTo(page, 4_000, "2×");
    await expect(claims(screenOf(page, "Ben"))).toContainText(["Please wait…"]);
    await page.keyboard.press("Escape");

    const other = await expectSame(page);
    await expect(node(other, "sales")).toContainText("crashed");
    await node(other, "sales").click();
    await details(other).getByRole("button", { name: "Restart sales" }).click();
    await play(other);
    await expect(claims(screenOf(other, "Ben"))).toContainText(["Confirmed"]);
  });

  test("a link from a past instant still has the future", async ({ page }) => {
    await openQuietly(page);
    await playTo(page, 600, "1×");
    await placeOrder(screenOf(page, "Ana")).click();
    await playTo(page, 4_000);
    await scrubTo(page, 200);
    const other = await expectSame(page);
    await expect(claims(screenOf(other, "Ana"))).toHaveCount(0);
    await playTo(other, 4_000);
    await expect(claims(screenOf(other, "Ana"))).toContainText(["Confirmed"]);
  });

  test("a link carries a scenario of one's own", async ({ page }) => {
    await open(page);
    await paste(page, GUEST_BOOK);
    await page.getByRole("button", { name: "Sign the book" }).click();
    await expect.poll(() => millis(page)).toBeGreaterThan(100);
    await pause(page);
    const other = await expectSame(page);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("A guest book");
  });

  test("a link opened in a page that is already there takes the place of what runs", async ({ page }) => {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await playTo(page, 1_000, "1×");
    const [link, before, at] = [await copyLink(page), await told(page), await millis(page)];
    await paste(page, GUEST_BOOK);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("A guest book");
    await page.evaluate((hash) => void (location.hash = hash), new URL(link).hash);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("A mug, eventually");
    expect(await millis(page)).toBe(at);
    await expect.poll(() => told(page)).toBe(before);
  });

  test("a link that was cut off on its way is refused with a sentence", async ({ page, context }) => {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).click();
    const link = await copyLink(page);
    // In the middle of the run: what stands behind it, links can do without.
    const cut = link.indexOf("&", link.indexOf("run=")) - 6;
    for (const broken of [link.slice(0, cut), link.replace("run=1.", "run=1.AAAA")]) {
      const other = await context.newPage();
      await open(other, broken);
      await expect(report(other)).toContainText("This link: It has been cut off or changed on its way.");
      await report(other).getByRole("button", { name: "Back to what runs" }).click();
      await expect(air(other)).toBeVisible();
      const before = await millis(other);
      await expect.poll(() => millis(other), "the first scenario runs").toBeGreaterThan(before);
      await other.close();
    }
  });
});

for (const [what, fragment, sentence] of [
  ["an unknown scenario", "#scenario=first-steps/a-cup", "There is no scenario `first-steps/a-cup` in the catalogue"],
  ["no scenario", "#hello", "It names no scenario"],
  ["another version", "#scenario=first-steps/a-mug-eventually&run=9.abc", "It was made by another version"],
  ["too many characters", `#text=1.${"A".repeat(70_000)}`, "It is longer than"],
]) {
  test(`a link with ${what} is refused with a sentence`, async ({ page }) => {
    await open(page, `/${fragment}`);
    await expect(report(page)).toContainText(sentence!);
    await report(page).getByRole("button", { name: "Back to what runs" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("A mug, eventually");
  });
}

for (const [why, script] of [
  ["refuses the clipboard", () => void (navigator.clipboard.writeText = () => Promise.reject(new Error("refused")))],
  ["has no clipboard", () => Object.defineProperty(navigator, "clipboard", { value: undefined })],
] as const) {
  test(`where the browser ${why}, the link is shown to be copied by hand`, async ({ page }) => {
    await page.addInitScript(script);
    await openQuietly(page);
    await page.getByRole("button", { name: "Share" }).click();
    const dialog = page.getByRole("dialog", { name: "Share" });
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await expect(dialog.getByRole("status")).toContainText("copy the selected text by hand");
    const field = dialog.getByRole("textbox", { name: "Link" });
    await expect(field).toHaveValue(/#scenario=first-steps\/a-mug-eventually&run=1\./);
    const link = await field.inputValue();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    const other = await page.context().newPage();
    await open(other, link);
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("A mug, eventually");
  });
}

test("the link that is shown to be copied by hand is selected", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await openQuietly(page);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  const field = page.getByRole("textbox", { name: "Link" });
  await expect(field).toBeFocused({ timeout: 1_000 });
  const selected = () =>
    field.evaluate((it) => {
      const { value, selectionStart, selectionEnd } = it as HTMLTextAreaElement;
      return value.slice(selectionStart, selectionEnd) === value;
    });
  await expect.poll(selected, { message: "all of it is selected", timeout: 1_000 }).toBe(true);
});
