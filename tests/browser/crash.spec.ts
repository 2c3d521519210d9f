// The page crashes: it stops at once, says what happened, and gives back what was open. The page of these tests is the
// release page with ways to crash it: `cargo xtask rehearsal`.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, open, serve, test as base, type Locator, type Page } from "./fixtures";
import { CLIPBOARD, claims, confirmedAndKept, millis, paste, screenOf } from "./person";
import { GUEST_BOOK } from "./texts";

const REHEARSAL = fileURLToPath(new URL("../../target/rehearsal/", import.meta.url));

const test = base.extend<object, { server: string }>({
  server: [
    async ({}, use) => {
      const { address, stop } = await serve(0, REHEARSAL);
      await use(address);
      await stop();
    },
    { scope: "worker" },
  ],
});

// What the browser itself says of a crash.
test.use({ expected: [/unreachable|out of bounds|call stack|an extension's/] });

const CRASHES = {
  panic: /It found a mistake of its own: .*a rehearsal/s,
  stack: /It went deeper than its stack reaches/,
  memory: /It has used up its memory of 512 MiB/,
} as const;
type Kind = keyof typeof CRASHES;

const screen = (page: Page): Locator => page.getByRole("dialog", { name: "Inflight has stopped" });
const choose = (page: Page, name: string) => screen(page).getByRole("button", { name }).click();
const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });

/** Crashes the page; gives the milliseconds until the screen stood there. */
function crash(page: Page, kind: Kind): Promise<number> {
  return page.evaluate((kind) => {
    const dialog = document.getElementById("crash") as HTMLDialogElement;
    return new Promise<number>((done) => {
      let began = 0;
      new MutationObserver(() => done(performance.now() - began)).observe(dialog, { attributeFilter: ["open"] });
      setTimeout(() => {
        began = performance.now();
        dispatchEvent(new Event(`crash-${kind}`));
      });
    });
  }, kind);
}

/** A guest book with one guest in it, paused: something to lose. */
async function guestBook(page: Page): Promise<number> {
  await open(page);
  await paste(page, GUEST_BOOK);
  const cleo = screenOf(page, "Cleo");
  await cleo.getByRole("textbox", { name: "Your words" }).fill("Was here");
  await cleo.getByRole("button", { name: "Sign the book" }).click();
  return confirmedAndKept(page, cleo);
}

for (const kind of Object.keys(CRASHES) as Kind[]) {
  test(`${kind}: told within a second, and everything comes back`, async ({ page }) => {
    const there = await guestBook(page);
    const took = await crash(page, kind);
    await expect(screen(page)).toContainText(CRASHES[kind]);
    test.info().annotations.push({ type: "milliseconds to the screen", description: took.toFixed(1) });
    if (kind !== "memory") expect(took, "milliseconds to the screen").toBeLessThan(1_000);
    await expect(screen(page).getByRole("button", { name: "Restore and continue" })).toBeFocused();
    await choose(page, "Restore and continue");
    await expect(screen(page)).toBeHidden();
    await expect(title(page)).toHaveText("A guest book");
    await expect.poll(() => millis(page)).toBe(there);
    await expect(claims(screenOf(page, "Cleo"))).toContainText(["Confirmed"]);
    await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  });
}

test("after a crash nothing goes on: no frame, no click, no key", async ({ page }) => {
  await open(page);
  const before = await page.evaluate(() => {
    dispatchEvent(new Event("crash-panic"));
    return document.querySelector("output")!.textContent;
  });
  await expect(screen(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await page.mouse.click(640, 700);
  await page.waitForTimeout(500);
  await expect(screen(page)).toBeVisible();
  expect(await page.evaluate(() => document.querySelector("output")!.textContent)).toBe(before);
});

test("restored without running, it stands at its start, with what was done", async ({ page }) => {
  await guestBook(page);
  await crash(page, "panic");
  await choose(page, "Restore without running");
  await expect(title(page)).toHaveText("A guest book");
  await expect.poll(() => millis(page)).toBe(0);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Play", exact: true }).click();
  await expect(claims(screenOf(page, "Cleo"))).toContainText(["Confirmed"]);
});

test("who starts fresh finds a copy of what was open", async ({ page }) => {
  await guestBook(page);
  await crash(page, "stack");
  await choose(page, "Start fresh");
  await expect(title(page)).toHaveText("A mug, eventually");
  await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(title(page)).toHaveText("A guest book");
  await expect(page.getByRole("button", { name: "Open it" })).toHaveCount(0);
});

test("the scenario is saved as a file without the lab", async ({ page }) => {
  await guestBook(page);
  await crash(page, "memory");
  const download = page.waitForEvent("download");
  await choose(page, "Save my scenario as a file");
  const file = await download;
  expect(file.suggestedFilename()).toBe("scenario.yaml");
  expect(readFileSync(await file.path(), "utf8")).toBe(GUEST_BOOK);
});

test("a text that was being written comes back", async ({ page }) => {
  await guestBook(page);
  await page.getByRole("button", { name: "Text", exact: true }).click();
  const text = page.getByRole("textbox", { name: "Text of the scenario" });
  await text.fill(`${GUEST_BOOK}# and more\n`);
  await crash(page, "panic");
  await choose(page, "Restore and continue");
  await expect(text).toHaveValue(`${GUEST_BOOK}# and more\n`);
});

test("two crashes within a minute: nothing plays by itself any more", async ({ page }) => {
  await guestBook(page);
  await crash(page, "panic");
  await expect(screen(page).getByText(/twice/)).toBeHidden();
  await choose(page, "Restore and continue");
  await expect(title(page)).toHaveText("A guest book");
  await crash(page, "stack");
  await expect(screen(page).getByText(/twice within a minute/)).toBeVisible();
  await choose(page, "Restore and continue");
  await expect(title(page)).toHaveText("A guest book");
  await expect.poll(() => millis(page)).toBe(0);
  await expect(page.getByRole("button", { name: "Play", exact: true })).toBeVisible();
});

test("whoever reloads by hand after a crash finds what was open, too", async ({ page }) => {
  const there = await guestBook(page);
  await crash(page, "panic");
  await page.reload();
  await expect(title(page)).toHaveText("A guest book");
  await expect.poll(() => millis(page)).toBe(there);
});

test.describe("with the clipboard", () => {
  test.use(CLIPBOARD);

  test("the report says what happened, and nothing of the scenario", async ({ page }) => {
    await guestBook(page);
    await crash(page, "panic");
    await choose(page, "Copy report");
    await expect(screen(page)).toContainText("Copied.");
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toMatch(/^Inflight \d+\.\d+\.\d+ [0-9a-f]{16}\n/);
    expect(report).toContain("a rehearsal");
    expect(report).toContain("Chrom");
    expect(report).not.toMatch(/guest|Cleo|Was here|127\.0\.0\.1/);
  });
});

test("a mistake of somebody else is none of ours", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const script = () => { throw new TypeError("an extension's"); };
    setTimeout(script);
    Promise.reject(new Error("an extension's"));
  });
  await page.waitForTimeout(200);
  await expect(screen(page)).toBeHidden();
  const before = await millis(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(before);
});
