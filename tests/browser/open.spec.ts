// Scenarios of one's own: chosen, dropped or pasted. A good one takes the place of what runs; a broken one changes
// nothing and is explained.

import { ROOTS, VIEWPORTS, expect, open, test, type Locator, type Page } from "./fixtures";
import { accept, claims, details, millis, node, openTab, paste, placeOrder, report, rows, screenOf } from "./person";
import { BROKEN_BOOK, GUEST_BOOK, SLIPS } from "./texts";

const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const dialog = (page: Page): Locator => page.getByRole("dialog", { name: "Open a scenario" });
const file = (name: string, text: string | Buffer) => ({ name, mimeType: "text/yaml", buffer: Buffer.from(text) });

async function chooseFile(page: Page, name: string, text: string | Buffer): Promise<void> {
  await page.getByRole("button", { name: "Open a scenario" }).click();
  const chooser = page.waitForEvent("filechooser");
  await dialog(page).getByLabel(/^Scenario or documents/).click();
  await (await chooser).setFiles(file(name, text));
  await accept(page);
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!, { type: "text/yaml" }));
      return data;
    },
    [name, text],
  );
  const stage = page.getByRole("region", { name: "Stage" });
  await stage.dispatchEvent("dragover", { dataTransfer: data });
  await stage.dispatchEvent("drop", { dataTransfer: data });
  await accept(page);
}

async function expectGuestBook(page: Page): Promise<void> {
  await expect(title(page)).toHaveText("A guest book");
  await expect(page).toHaveTitle("A guest book – Inflight");
  await expect(page.getByText("Somebody signs, and the wall shows it a little later.")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(screenOf(page, "Ana")).toHaveCount(0);
  await expect(node(page, "wall")).toBeVisible();
  const cleo = screenOf(page, "Cleo");
  await cleo.getByRole("textbox", { name: "Your words" }).fill("Was here");
  await cleo.getByRole("combobox", { name: "Ink" }).selectOption("green");
  await cleo.getByRole("button", { name: "Sign the book" }).click();
  await expect(rows(cleo, "On the wall")).toHaveText([/Was here\s*green/]);
  await expect(claims(cleo)).toContainText(["Confirmed"]);
}

test("a file is chosen", async ({ page }) => {
  await open(page);
  await chooseFile(page, "guest-book.yaml", GUEST_BOOK);
  await expectGuestBook(page);
});

test("a file is dropped on the page", async ({ page }) => {
  await open(page);
  await drop(page, "guest-book.yaml", GUEST_BOOK);
  await expectGuestBook(page);
});

for (const root of ROOTS) {
  test(`a text is pasted under ${root}`, async ({ page }) => {
    await open(page, root);
    await paste(page, GUEST_BOOK);
    await expectGuestBook(page);
  });
}

test("a scenario that lies beside the page is fetched, also for a link", async ({ page }) => {
  for (const root of ROOTS) {
    await open(page, root);
    await page.getByRole("button", { name: "Open a scenario" }).click();
    await dialog(page).getByRole("button", { name: /^Two generals/ }).click();
    await expect(title(page)).toHaveText("Two generals");
    await page.goto("about:blank");
    await open(page, `${root}#scenario=published/mm1`);
    await expect(title(page)).toHaveText("One counter, one line");
  }
});

test("a scenario that cannot be fetched changes nothing and is explained", async ({ page }) => {
  await open(page);
  await page.route(/two-generals/, (route) => route.fulfill({ status: 200, body: "" }));
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await dialog(page).getByRole("button", { name: /^Two generals/ }).click();
  await expect(report(page)).toBeVisible();
  await expect(title(page)).toHaveText("A mug, eventually");
});

test("a scenario of the catalogue is opened, and marked as the one that is open", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await expect(title(page)).toHaveText("A guest book");
  await page.getByRole("button", { name: "Open a scenario" }).click();
  const entry = dialog(page).getByRole("button", { name: /A mug, eventually/ });
  await expect(entry).not.toHaveAttribute("aria-current", "true");
  await entry.click();
  await expect(title(page)).toHaveText("A mug, eventually");
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await expect(entry).toHaveAttribute("aria-current", "true");
});

const openers = { chosen: chooseFile, dropped: drop, pasted: (page: Page, _: string, text: string) => paste(page, text) };
for (const [how, openIt] of Object.entries(openers)) {
  test(`a broken text, ${how}, is explained, and what runs stays as it was`, async ({ page }) => {
    await open(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await expect(claims(screenOf(page, "Ana"))).not.toHaveCount(0);
    await openIt(page, "broken.yaml", BROKEN_BOOK);
    await expect(report(page)).toBeVisible();
    await expect(report(page)).toContainText("3 things are wrong with it. What runs stays as it was.");

    const line = (part: string) => BROKEN_BOOK.split("\n").findIndex((it) => it.includes(part)) + 1;
    const findings = report(page).getByRole("listitem").filter({ hasText: "where" });
    await expect(findings).toHaveCount(3);
    for (const [offending, nearest] of SLIPS) {
      const finding = findings.filter({ hasText: offending });
      const at = line(offending);
      const column = BROKEN_BOOK.split("\n")[at - 1]!.indexOf(offending) + 1;
      await expect(finding, offending).toContainText(`line ${at}, column ${column}`);
      await expect(finding, offending).toContainText(/expected/);
      await expect(finding.getByRole("definition").filter({ hasText: new RegExp(`^${nearest}$`) })).toBeVisible();
      // And the line itself, with the offence marked in it.
      const source = report(page).getByRole("list", { name: "Text" });
      await expect(source.getByRole("listitem").filter({ hasText: offending }).getByText(offending, { exact: true })).toBeVisible();
    }

    // Time goes on behind the report.
    const before = await millis(page).catch(() => -1);
    await report(page).getByRole("button", { name: "Back to what runs" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(title(page)).toHaveText("A mug, eventually");
    await expect(claims(screenOf(page, "Ana"))).not.toHaveCount(0);
    await expect.poll(() => millis(page)).toBeGreaterThan(before);
  });
}

test("a broken text is mended in the editor, and opens under its own name", async ({ page }) => {
  await open(page);
  await chooseFile(page, "broken.yaml", BROKEN_BOOK);
  await report(page).getByRole("button", { name: "Edit the text" }).click();
  const editor = page.getByRole("dialog", { name: "Text" });
  const text = editor.getByRole("textbox", { name: "Text of the scenario" });
  await expect(text).toHaveValue(BROKEN_BOOK);
  await expect(editor).toContainText("This is broken.yaml, which could not be opened.");
  await expect(editor.getByRole("status")).toHaveText("3 things are wrong with this text.");
  await text.fill(GUEST_BOOK);
  await editor.getByRole("button", { name: "Run this" }).click();
  await expectGuestBook(page);
  await expect(page.getByRole("button", { name: "Original" })).toHaveCount(0);
});

test("from a broken text the way back to the text of what runs is one click", async ({ page }) => {
  await open(page);
  await paste(page, BROKEN_BOOK);
  await report(page).getByRole("button", { name: "Edit the text" }).click();
  const editor = page.getByRole("dialog", { name: "Text" });
  await editor.getByRole("button", { name: "Text of what runs" }).click();
  await expect(editor.getByRole("textbox", { name: "Text of the scenario" })).toHaveValue(/title: A mug, eventually/);
  await expect(editor.getByRole("status")).toHaveText("Nothing is wrong with this text.");
  await expect(editor).not.toContainText("could not be opened");
});

test("the text of what is open can be taken, changed and opened", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await dialog(page).getByRole("button", { name: /Take the open scenario.s text/ }).click();
  const text = dialog(page).getByRole("textbox", { name: "Scenario text" });
  const source = await text.inputValue();
  expect(source).toContain("title: A mug, eventually");
  await text.fill(source.replace("title: A mug, eventually", "title: A cup, perhaps"));
  await dialog(page).getByRole("button", { name: "Open this text" }).click();
  await accept(page);
  await expect(title(page)).toHaveText("A cup, perhaps");
  await expect(screenOf(page, "Ana")).toBeVisible();
});

test("anything else than a scenario is refused, whatever it is", async ({ page }) => {
  await open(page);
  for (const text of ["hello", "[]", "inflight: 1", "{{{{", "\u0000\u0001", "title: <img src=x onerror=alert(1)>"]) {
    await paste(page, text);
    await expect(report(page)).toContainText(/wrong with it/);
    await report(page).getByRole("button", { name: "Back to what runs" }).click();
    await expect(title(page)).toHaveText("A mug, eventually");
  }
});

test("a file that is no text is refused as well", async ({ page }) => {
  await open(page);
  await chooseFile(page, "picture.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00, 0x01]));
  await expect(report(page)).toContainText("picture.png");
  await report(page).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(title(page)).toHaveText("A mug, eventually");
});

test("words of a scenario are shown as they are, never as a part of the page", async ({ page }) => {
  await open(page);
  const hostile = "<img src=x onerror=alert(1)>";
  await paste(page, GUEST_BOOK.replace("title: A guest book", `title: ${hostile}`));
  await expect(title(page)).toHaveText(hostile);
  const cleo = screenOf(page, "Cleo");
  await cleo.getByRole("textbox", { name: "Your words" }).fill(hostile);
  await cleo.getByRole("button", { name: "Sign the book" }).click();
  await expect(rows(cleo, "On the wall")).toContainText(hostile);
  await expect(page.locator("img")).toHaveCount(0);
});

test("a long title leaves room for everything else", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK.replace("title: A guest book", `title: ${"A guest book for a large house ".repeat(3)}`));
  await expect(title(page)).toContainText("for a large house");
  await expect(page.getByRole("button", { name: "Sign the book" })).toBeInViewport({ timeout: 1_000 });
  await expect(page.getByRole("button", { name: "Help" })).toBeInViewport({ ratio: 1, timeout: 1_000 });
});

test.describe("on a phone", () => {
  test.use({ viewport: VIEWPORTS.phone, hasTouch: true, isMobile: true });

  test("a text is pasted, and its knobs are there", async ({ page }) => {
    await open(page);
    await paste(page, GUEST_BOOK);
    await expectGuestBook(page);
    await openTab(page, "Knobs");
    await expect(details(page).getByRole("combobox", { name: "Interaction" })).toBeVisible();
    await expect(details(page).getByRole("switch", { name: "The book is closed" })).toBeVisible();
  });
});
