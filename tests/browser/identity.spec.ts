// The browser lives the same runs as the native build: the same text and seed have the same identity.

import { readFileSync } from "node:fs";
import { expect, open, test, type Page } from "./fixtures";
import { firefox } from "./firefox.mjs";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const lines = (path: string): string[] => read(path).trim().split("\n");

interface Run {
  text: string;
  seed: number;
  secs: number;
}

/** The identities of these runs, as the page has them. */
async function identities(page: Page, runs: Run[]): Promise<string[]> {
  await open(page);
  await page.getByRole("button", { name: "Pause" }).click();
  return page.evaluate(async (runs) => {
    // The page's own module, which is there already: it is not started again.
    const loaded = performance.getEntriesByType("resource").map((it) => it.name);
    const module = await import(loaded.find((it) => it.endsWith(".js"))!);
    return runs.map((it): string => module.run_identity(it.text, it.seed, it.secs));
  }, runs);
}

test.skip(({ browserName }) => browserName === "firefox" && !firefox(), "no Firefox found");

test("a hundred runs have the same identity here as in the native build", async ({ page }) => {
  const native = lines("tests/golden/hashes.txt");
  expect(native).toHaveLength(100);
  const text = read("scenarios/first-steps/a-mug-eventually.yaml");
  const here = await identities(page, native.map((_, seed) => ({ text, seed, secs: 60 })));
  expect(here.map((it, seed) => `${seed} ${it}`)).toEqual(native);
});

test("so has a run of every scenario", async ({ page }) => {
  const native = lines("tests/golden/catalogue.txt");
  const paths = native.map((it) => it.split(" ")[0]!);
  expect(paths.length).toBeGreaterThan(10);
  const runs = paths.map((it) => ({ text: read(`scenarios/${it}.yaml`), seed: 1, secs: 10 }));
  const here = await identities(page, runs);
  expect(here.map((it, at) => `${paths[at]} ${it}`)).toEqual(native);
});

test("so have scenarios that nobody would write, with everything that the language can say", async ({ page }) => {
  const native = [...read("tests/golden/generated.yaml").matchAll(/^# seed (\d+): (\w+)\n((?:(?!# seed ).*\n)*)/gm)];
  expect(native).toHaveLength(12);
  const runs = native.map((it) => ({ text: it[3]!, seed: Number(it[1]), secs: 10 }));
  expect(await identities(page, runs)).toEqual(native.map((it) => it[2]));
});
