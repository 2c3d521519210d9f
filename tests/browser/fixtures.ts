// What every browser test starts from: `import { test, expect, … } from "./fixtures"`.
//
// The `page` fixture is strict. A test fails, whatever it asserts, when the page writes anything to
// the console, throws, or asks any other host for anything.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { DIST, ROOTS, serve } from "./server.mjs";

export { DIST, expect, ROOTS, serve };
export type { Page };

/** The screens we promise to work on. */
export const VIEWPORTS = {
  desktop: { width: 1280, height: 720 },
  phone: { width: 360, height: 640 },
} as const;

/** Each of the screens in each colour scheme: a name, and what to hand to `test.use`. */
export const LOOKS = Object.entries(VIEWPORTS).flatMap(([screen, viewport]) =>
  (["light", "dark"] as const).map((colorScheme) => ({
    name: `${screen}, ${colorScheme}`,
    use: { viewport, colorScheme },
  })),
);

export const test = base.extend<{ expected: RegExp[] }, { server: string }>({
  // What the page is bound to say on the console in these tests.
  expected: [[], { option: true }],
  // One server for each worker, at a free port: test runs never get in each other's way.
  server: [
    async ({}, use) => {
      const { address, stop } = await serve();
      await use(address);
      await stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server),
  context: async ({ context, server, expected }, use) => {
    const complaints = await watch(context, new URL(server).host);
    await use(context);
    const surprises = complaints.filter((it) => ![...PLAYWRIGHTS_OWN, ...expected].some((known) => known.test(it)));
    expect(surprises, "console messages, errors and requests to other hosts").toEqual([]);
  },
});

/** Where a test does without the worker, Playwright says so on the page's console, and fails to do so in a sandbox. */
const PLAYWRIGHTS_OWN = [
  /^warning: Service Worker registration blocked by Playwright$/,
  /^error: SecurityError: Failed to read the 'serviceWorker' property .* sandboxed .*\n    at <anonymous>/s,
];

/** Collects everything a silent, self-contained page does not do. */
async function watch(context: BrowserContext, host: string): Promise<string[]> {
  const complaints: string[] = [];
  context.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => complaints.push(`error: ${error.error().stack}`));
  context.on("page", (page) => {
    page.on("crash", () => complaints.push("the page crashed"));
    page.on("websocket", (socket) => complaints.push(`web socket: ${socket.url()}`));
  });
  await context.route(
    (url) => url.protocol.startsWith("http") && url.host !== host,
    (route) => {
      complaints.push(`request to another host: ${route.request().url()}`);
      return route.abort();
    },
  );
  return complaints;
}

/** Opens the page and waits until it has started. `path` may carry a query and a fragment. */
export async function open(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("#boot"), "the page has started").toHaveCount(0);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with one line for each element that breaks a rule of WCAG 2.2, level A or AA. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async (tags) => {
    const axe = (globalThis as any).axe;
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags } });
    return violations.flatMap((rule: any) =>
      rule.nodes.map((node: any) => `${rule.id}: ${rule.help}: ${node.target.join(" ")}`),
    );
  }, WCAG);
  expect(violations, "WCAG 2.2 A and AA").toEqual([]);
}
