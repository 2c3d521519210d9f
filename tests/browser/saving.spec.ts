// What a person makes is kept on the device, and the page always says how that stands.

import { readFile } from "node:fs/promises";
import { LOOKS, expect, expectNoAxeViolations, open, test, type Locator, type Page } from "./fixtures";
import { accept, offered, paste, report } from "./person";
import { GUEST_BOOK } from "./texts";

const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
const standing = (page: Page): Locator => page.getByRole("status", { name: "Saving" });
const list = (page: Page): Locator => page.getByRole("list", { name: "Your documents" });
const names = (page: Page): Locator => list(page).getByRole("listitem");
const button = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

/** Writes a scenario of one's own by changing the one that is open. */
async function edit(page: Page, from: string, to: string): Promise<void> {
  await button(page, "Text").click();
  const field = page.getByRole("textbox", { name: "Text of the scenario" });
  await field.fill((await field.inputValue()).replace(from, to));
  await button(page, "Run this").click();
  await expect(title(page)).toContainText(to);
}

/** What was saved before does not count: the page looks four times a second whether there is something new. */
async function isSaved(page: Page): Promise<void> {
  await page.waitForTimeout(500);
  await expect(standing(page)).toHaveText(/^Saved \d\d:\d\d$/);
}

async function openDialog(page: Page): Promise<void> {
  await button(page, "Open a scenario").click();
  await expect(page.getByRole("dialog", { name: "Open a scenario" })).toBeVisible();
}

async function openKept(page: Page, name: string): Promise<void> {
  await openDialog(page);
  await list(page).getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await expect(title(page)).toContainText(name);
}

/** Changes what the browser keeps behind the page's back. */
const breakCopies = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const wait = <T>(it: IDBRequest<T>) =>
      new Promise<T>((done, failed) => ((it.onsuccess = () => done(it.result)), (it.onerror = failed)));
    const database = await wait(indexedDB.open("inflight"));
    const table = database.transaction("documents", "readwrite").objectStore("documents");
    for (const key of await wait(table.getAllKeys())) {
      const text: string = await wait(table.get(key));
      await wait(table.put(text.slice(0, 80), key));
    }
    database.close();
  });

/** The browser has no room left, or has some again. */
const full = (page: Page, is: boolean): Promise<void> =>
  page.evaluate((is) => {
    const table = IDBObjectStore.prototype as any;
    table.before ??= table.put;
    table.put = is
      ? () => {
          throw new DOMException("no room", "QuotaExceededError");
        }
      : table.before;
  }, is);

test("a changed copy is kept, listed, and opened again", async ({ page, context }) => {
  await open(page);
  await expect(standing(page), "there is nothing to keep").toBeEmpty();
  await edit(page, "A mug, eventually", "A cup, perhaps");
  await isSaved(page);
  await page.close();
  const later = await context.newPage();
  await open(later);
  await expect(title(later)).toHaveText("A mug, eventually");
  await openKept(later, "A cup, perhaps");
  await expect(title(later), "it is told from its original").toHaveText("A cup, perhaps — edited");
  await isSaved(later);
  await button(later, "Original").click();
  await expect(title(later)).toHaveText("A mug, eventually");
});

test("what somebody has done to a run is kept with it", async ({ page, context }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await page.getByRole("button", { name: "Sign the book" }).click();
  await isSaved(page);
  await page.close();
  const later = await context.newPage();
  await open(later);
  await openKept(later, "A guest book");
  await button(later, "Play").click().catch(() => {});
  await expect(later.getByRole("list", { name: "What became of it" }).getByRole("listitem")).toHaveCount(1);
});

test("documents are renamed, deleted, and brought back", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  await edit(page, "A guest book", "Our guests");
  await isSaved(page);
  await openDialog(page);
  await expect(names(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Rename Our guests" }).click();
  const name = page.getByRole("textbox", { name: "Name" });
  await name.fill("Guests of the house");
  await name.press("Enter");
  await expect(names(page)).toContainText(["Guests of the house"]);
  await expect(page.getByRole("button", { name: "Delete Guests of the house" }), "it is open").toBeDisabled();
  await page.getByRole("dialog").getByRole("button", { name: /^A mug, eventually/ }).click();
  await openDialog(page);
  await page.getByRole("button", { name: "Delete Guests of the house" }).click();
  await expect(names(page)).toHaveCount(0);
  await button(page, "Undo").click();
  await expect(names(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Delete Guests of the house" }).click();
  await page.keyboard.press("Escape");
  await openDialog(page);
  await expect(page.getByRole("heading", { name: "Yours, on this device" })).toHaveCount(0);
});

test("all documents go into one file, and from it to another device", async ({ page, browser, baseURL }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^A mug, eventually/ }).click();
  await edit(page, "A mug, eventually", "A cup, perhaps");
  await isSaved(page);
  await openDialog(page);
  await expect(names(page)).toHaveCount(2);
  const download = page.waitForEvent("download");
  await button(page, "Save all as one file").click();
  const file = await readFile(await (await download).path());

  const other = await (await browser.newContext({ baseURL: baseURL! })).newPage();
  for (const [round, told] of [["first", "2 documents kept here"], ["second", "0 documents kept here; here already: 2"]]) {
    await open(other);
    await openDialog(other);
    await other.getByLabel(/^Scenario or documents/).setInputFiles({ name: "all.txt", mimeType: "text/plain", buffer: file });
    await expect(offered(other)).toContainText("2 documents");
    await expect(offered(other)).toContainText("nothing is replaced");
    await accept(other);
    await expect(other.getByText(told!), round).toBeVisible();
    await openDialog(other);
    await expect(names(other)).toHaveCount(2);
  }
  await other.context().close();
});

test("a full storage is told within a second, and nothing is replaced without a question", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  await full(page, true);
  await edit(page, "A guest book", "Our guests");
  const began = Date.now();
  await expect(standing(page)).toHaveText("Not saved: the storage is full");
  // Half a second of it is the pause after which anything is kept at all.
  expect(Date.now() - began).toBeLessThan(2_000);
  await expect(page.getByRole("button", { name: "Keep it as a link or a file" })).toBeVisible();
  await openDialog(page);
  await page.getByRole("dialog").getByRole("button", { name: /^A mug, eventually/ }).click();
  await expect(offered(page)).toContainText("“Our guests” is kept nowhere: it would be lost");
  await offered(page).getByRole("button", { name: "Leave it" }).click();
  await expect(title(page)).toHaveText("Our guests — edited");
  // There is room again.
  await full(page, false);
  await expect(standing(page)).toHaveText(/^Saved/);
});

test("in a frame that may keep nothing everything else works", async ({ page, baseURL }) => {
  // Files of a host without headers are out of reach for such a frame: this host allows them.
  await page.route(`${baseURL}/**`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), "access-control-allow-origin": "*" } });
  });
  const frame = `<iframe title="lab" sandbox="allow-scripts" src="${baseURL}/" width=1200 height=680></iframe>`;
  await page.route(`${baseURL}/frame`, (route) => route.fulfill({ contentType: "text/html", body: frame }));
  await page.goto("/frame");
  const lab = page.frameLocator("iframe") as unknown as Page;
  await lab.getByRole("button", { name: "Open a scenario" }).click();
  await lab.getByRole("textbox", { name: "Scenario text" }).fill(GUEST_BOOK);
  await lab.getByRole("button", { name: "Open this text" }).click();
  await lab.getByRole("button", { name: "Open it" }).click();
  await expect(title(lab)).toHaveText("A guest book");
  await expect(standing(lab)).toHaveText("Not saved: this window cannot save");
  await lab.getByRole("button", { name: "Sign the book" }).click();
  await expect(lab.getByText("Confirmed").first()).toBeVisible();
  await lab.getByRole("button", { name: "Keep it as a link or a file" }).click();
  await expect(lab.getByRole("textbox", { name: "Link" })).toHaveValue(/#text=1\./);
});

test("what the browser clears while the page is open is told, and kept again", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  await page.evaluate(
    () => new Promise((done) => (indexedDB.deleteDatabase("inflight").onsuccess = done)),
  );
  await edit(page, "A guest book", "Our guests");
  await expect(page.getByText("The browser has cleared what was kept here")).toBeVisible();
  await isSaved(page);
  await openDialog(page);
  await expect(names(page)).toContainText(["Our guests"]);
});

test("of two tabs one keeps, and the other one can take over", async ({ page, context }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  const other = await context.newPage();
  await open(other);
  await openKept(other, "A guest book");
  await expect(standing(other)).toHaveText("Not saved: open in another tab");
  await edit(page, "A guest book", "Our guests");
  await isSaved(page);
  // What the first tab has kept meanwhile is what the second one goes on with.
  await button(other, "Take over").click();
  await expect(title(other)).toHaveText("Our guests");
  await isSaved(other);
  await expect(standing(page)).toHaveText("Not saved: open in another tab");
  await edit(other, "Our guests", "Their guests");
  await isSaved(other);
  // Both have changed: both are kept.
  await edit(page, "Our guests", "My guests");
  await expect(standing(page)).toHaveText("Not saved: open in another tab");
  await button(page, "Take over").click();
  await isSaved(page);
  await openDialog(page);
  await expect(names(page)).toHaveCount(2);
  await expect(list(page)).toContainText("My guests");
  await expect(list(page)).toContainText("Their guests");
});

test("a damaged document is handed out as a file, not thrown away", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  await page.goto("about:blank");
  await open(page);
  await breakCopies(page);
  await openDialog(page);
  const download = page.waitForEvent("download");
  await list(page).getByRole("button", { name: /^A guest book/ }).click();
  expect(await readFile(await (await download).path(), "utf8")).toContain("Inflight document: 1");
  await expect(title(page)).toHaveText("A mug, eventually");
  await expect(report(page)).toHaveCount(0);
  await expect(names(page)).toHaveCount(1);
});

test("a text that does not run yet is kept, too", async ({ page, context }) => {
  await open(page);
  await button(page, "Text").click();
  const field = page.getByRole("textbox", { name: "Text of the scenario" });
  const draft = (await field.inputValue()).replace("kind: queue", "kind: quue");
  await field.fill(draft);
  await expect(standing(page)).toHaveText(/^Saved/);
  await page.close();
  const later = await context.newPage();
  await open(later);
  await openDialog(later);
  await list(later).getByRole("button", { name: /^A mug, eventually/ }).click();
  await button(later, "Text").click();
  await expect(later.getByRole("textbox", { name: "Text of the scenario" })).toHaveValue(draft);
});

test("a reload in the middle of saving leaves a whole document", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await isSaved(page);
  await edit(page, "A guest book", "Our guests");
  await page.reload();
  await open(page);
  await openDialog(page);
  await list(page).getByRole("button").first().click();
  await expect(title(page)).toHaveText(/A guest book|Our guests/);
});

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);
    test("the offer and the documents, for everybody", async ({ page }) => {
      await open(page);
      await page.getByRole("button", { name: "Open a scenario" }).click();
      await page.getByRole("textbox", { name: "Scenario text" }).fill(GUEST_BOOK);
      await page.getByRole("button", { name: "Open this text" }).click();
      await expect(offered(page)).toBeVisible();
      await expectNoAxeViolations(page);
      await accept(page);
      await expect(standing(page)).toHaveText(/^Saved/);
      await expectNoAxeViolations(page);
      await openDialog(page);
      await expect(names(page)).toHaveCount(1);
      await expectNoAxeViolations(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(wide, "nothing scrolls sideways").toBe(false);
    });
  });
}
