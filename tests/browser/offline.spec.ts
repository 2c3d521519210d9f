// Without a network: after one visit everything works, under any path; a new version waits until somebody asks for it;
// and the page as one file opens from a disk.

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { DIST, ROOTS, expect, open, serve, test as base, type Page } from "./fixtures";
import { claims, confirmedAndKept, millis, pause, placeOrder, screenOf } from "./person";

/** A host of one's own: its files may change, and it may go away. */
interface Host {
  folder: string;
  address: string;
  stop: () => Promise<unknown>;
}

const test = base.extend<{ host: Host }>({
  host: async ({}, use) => {
    const folder = join(mkdtempSync(join(tmpdir(), "inflight-host-")), "/");
    cpSync(DIST, folder, { recursive: true });
    const { address, stop } = await serve(0, folder);
    await use({ folder, address, stop });
    await stop();
    rmSync(folder, { recursive: true });
  },
  baseURL: async ({ host }, use) => use(host.address),
  // The fixture that watches the console knows one host: this one.
  context: async ({ browser, host, contextOptions }, use) => {
    const context = await browser.newContext({ ...contextOptions, baseURL: host.address, serviceWorkers: "allow" });
    const complaints: string[] = [];
    context.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
    context.on("weberror", (error) => complaints.push(`error: ${error.error().stack}`));
    context.on("request", (it) => {
      const own = it.url().startsWith(host.address) || /^(data|blob):/.test(it.url());
      if (!own) complaints.push(`request to another host: ${it.url()}`);
    });
    await use(context);
    await context.close();
    expect(complaints, "console messages, errors and requests to other hosts").toEqual([]);
  },
});

const title = (page: Page) => page.getByRole("heading", { level: 1 });
/** Browsers look for a new version when they find the time: on a busy machine that takes a while. */
const PATIENCE = { timeout: 60_000 };

/** Looks for a new version at once. By itself a browser does so when it has nothing better to do, which can take minutes. */
const update = (page: Page) =>
  page.evaluate(async () => void (await navigator.serviceWorker.register("worker.js?", { updateViaCache: "none" })));
const stored = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    return Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  });

/** Waits until this version is kept as a whole. */
async function kept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated", null, { timeout: 20_000 });
}

async function openScenario(page: Page, name: RegExp, said: string): Promise<void> {
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await page.getByRole("dialog", { name: "Open a scenario" }).getByRole("button", { name }).click();
  await expect(title(page)).toHaveText(said);
}

/** Puts another version into a host's folder: its page says so. */
function publish(folder: string, version: string): void {
  const index = readFileSync(join(folder, "index.html"), "utf8").replace(/data-version="[^"]*"/, `data-version="${version}"`);
  const hash = `sha256-${createHash("sha256").update(index).digest("base64")}`;
  writeFileSync(join(folder, "index.html"), index);
  const worker = readFileSync(join(folder, "worker.js"), "utf8")
    .replace(/VERSION = "[^"]*"/, `VERSION = "${version}"`)
    .replace(/"\.\/":"[^"]*"/, `"./":"${hash}"`);
  writeFileSync(join(folder, "worker.js"), worker);
}

for (const root of ROOTS) {
  test(`after one visit everything works without the host, under ${root}`, async ({ page, host }) => {
    await open(page, root);
    await kept(page);
    await host.stop();
    await openScenario(page, /^Two generals/, "Two generals");
    await page.goto(`${root}?again#scenario=published/mm1`);
    await expect(title(page)).toHaveText("One counter, one line");
    await page.goto(root);
    await page.reload();
    await expect(page.locator("#boot")).toHaveCount(0);
    await openScenario(page, /^The tail at scale/, "The tail at scale");
  });
}

test("it is all there, and what it weighs is no part of the first load", async ({ page, host }) => {
  const early: string[] = [];
  page.on("request", (it) => early.push(it.url()));
  await open(page);
  expect(early.filter((it) => /worker|offline|scenarios/.test(it))).toEqual([]);
  await kept(page);
  const files: Record<string, string> = JSON.parse(/FILES = (\{.*?\});/s.exec(readFileSync(join(host.folder, "worker.js"), "utf8"))![1]!);
  expect(await stored(page)).toEqual([Object.keys(files).length]);
  expect(Object.keys(files).filter((it) => it.startsWith("scenarios/")).length).toBeGreaterThan(30);
  const bytes = Object.keys(files).map((name) => readFileSync(join(host.folder, name === "./" ? "index.html" : name)));
  const [raw, gzip] = [bytes, bytes.map((it) => gzipSync(it))].map((all) => all.reduce((sum, it) => sum + it.length, 0));
  test.info().annotations.push({ type: "bytes that are kept: raw, gzip", description: `${raw}, ${gzip}` });
});

test("a version that cannot be had as a whole is not kept at all", async ({ page, host }) => {
  rmSync(join(host.folder, "scenarios/published/pbs.yaml"));
  await open(page);
  await expect.poll(() => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return !registration?.installing && !registration?.active && (await caches.keys()).length === 0;
  })).toBe(true);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  const before = await millis(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(before);
});

test("a new version waits, says so, and comes when it is wanted, with what is open", async ({ page, host }) => {
  test.slow();
  await open(page);
  await kept(page);
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await expect(claims(ana)).toContainText(["Confirmed"]);
  publish(host.folder, "9.9.9 next");
  await update(page);
  const change = page.getByRole("button", { name: "Change to it" });
  await expect(change).toBeVisible(PATIENCE);
  // The run goes on, and a page that is loaded meanwhile is still the old one.
  const before = await millis(page);
  await expect.poll(() => millis(page)).toBeGreaterThan(before);
  const other = await page.context().newPage();
  await open(other, "/");
  expect(await other.locator("html").getAttribute("data-version")).not.toBe("9.9.9 next");
  await change.click();
  await expect(page.getByText("One more window shows Inflight: close it first.")).toBeVisible();
  await other.close();
  await pause(page);
  const there = await millis(page);
  await page.waitForTimeout(1_000);
  await change.click();
  await expect(page.locator("html")).toHaveAttribute("data-version", "9.9.9 next");
  await expect(claims(ana)).toContainText(["Confirmed"]);
  await expect.poll(() => millis(page)).toBe(there);
  await expect.poll(() => stored(page)).toHaveLength(1);
});

test("a host can take back what browsers keep", async ({ page, host }) => {
  test.slow();
  await open(page);
  await kept(page);
  const worker = readFileSync(join(host.folder, "worker.js"), "utf8");
  writeFileSync(join(host.folder, "worker.js"), worker.replace(/FILES = \{.*?\};/s, "FILES = null;"));
  await update(page);
  await expect.poll(() => stored(page), PATIENCE).toEqual([]);
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await page.reload();
  await expect(page.locator("#boot")).toHaveCount(0);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

base.describe("the page as one file", () => {
  const FILE = fileURLToPath(new URL("../../inflight.html", import.meta.url));

  base("opens from a disk, with everything in it", async ({ page }) => {
    expect(existsSync(FILE), "cargo xtask offline writes it").toBe(true);
    const asked: string[] = [];
    page.on("request", (it) => asked.push(it.url()));
    await page.goto(`${pathToFileURL(FILE)}#scenario=published/two-generals`);
    await expect(page.locator("#boot")).toHaveCount(0);
    await expect(title(page)).toHaveText("Two generals");
    await openScenario(page, /^A mug, eventually/, "A mug, eventually");
    const ana = screenOf(page, "Ana");
    await placeOrder(ana).click();
    const there = await confirmedAndKept(page, ana);
    await page.reload();
    await expect.poll(() => millis(page)).toBe(there);
    await expect(claims(ana)).toContainText(["Confirmed"]);
    expect(asked.filter((it) => !/^(file|data|blob):/.test(it))).toEqual([]);
    expect(asked.filter((it) => it.startsWith("file:")).map((it) => it.split("#")[0])).toEqual(
      asked.filter((it) => it.startsWith("file:")).map(() => String(pathToFileURL(FILE))),
    );
    const bytes = readFileSync(FILE);
    base.info().annotations.push({ type: "bytes: as it is, gzip", description: `${bytes.length}, ${gzipSync(bytes).length}` });
  });
});
