// The browser lives the same runs as the native build: the same scenario and seed have the same identity.

import { readFileSync } from "node:fs";
import { expect, open, test } from "./fixtures";

/** Seed and identity after a minute of virtual time, as the native build has them. */
const NATIVE = readFileSync(new URL("../golden/hashes.txt", import.meta.url), "utf8").trim().split("\n");

test("a hundred runs have the same identity here as in the native build", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Pause" }).click();
  const here = await page.evaluate(async (count) => {
    // The page's own module, which is there already: it is not started again.
    const loaded = performance.getEntriesByType("resource").map((it) => it.name);
    const module = await import(loaded.find((it) => it.endsWith(".js"))!);
    return Array.from({ length: count }, (_, seed) => `${seed} ${module.run_identity(seed, 60)}`);
  }, NATIVE.length);
  expect(NATIVE).toHaveLength(100);
  expect(here).toEqual(NATIVE);
});
