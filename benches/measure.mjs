// Our runs natively and in Chromium, in turn, round after round: `cargo xtask measure [--rounds N]` calls it.
//
// Each round times every model once natively (a process of its own) and once in a page, so that whatever slows the
// machine down slows both. The identity of a run must be the same on both sides.

import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";

const [native, folder, modules, chromium, rounds] = process.argv.slice(2);
const { chromium: browsers } = createRequire(join(modules, "package.json"))("@playwright/test");

const MODELS = ["queue", "queue-file", "ring", "ring-file-10", "ring-file-100", "ring-file"];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const TYPES = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };

const server = createServer(async (request, response) => {
  const name = request.url.slice(1) || "index.html";
  const body = name === "index.html" ? "<!doctype html><title>measure</title>" : await readFile(join(folder, name)).catch(() => null);
  response.writeHead(body === null ? 404 : 200, { "content-type": TYPES[name.split(".").at(-1)] ?? "text/plain" });
  response.end(body ?? "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const browser = await browsers.launch({ executablePath: chromium, args: FLAGS });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate(async () => {
  const module = await import("/browser.js");
  await module.default();
  globalThis.run = module.run;
});

/** Seconds of one run in the page, its events and its identity. */
const inPage = (model) =>
  page.evaluate((model) => {
    const start = performance.now();
    const outcome = globalThis.run(model);
    return `${(performance.now() - start) / 1000} ${outcome}`;
  }, model);

const times = new Map(MODELS.map((model) => [model, { native: [], page: [] }]));
for (const model of MODELS) await inPage(model); // warms up: the browser compiles it in two steps
for (let round = 0; round < Number(rounds); round += 1) {
  for (const model of MODELS) {
    const outcomes = {
      native: execFileSync(native, ["time", model], { encoding: "utf8" }),
      page: await inPage(model),
    };
    const [outside, inside] = ["native", "page"].map((side) => {
      const [seconds, events, identity] = outcomes[side].trim().split(" ");
      times.get(model)[side].push(Number(seconds));
      return { events: Number(events), identity };
    });
    if (outside.identity !== inside.identity) throw new Error(`${model}: ${outside.identity} and ${inside.identity}`);
    times.get(model).events = outside.events;
  }
}
await browser.close();
server.close();

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
console.log(`\n${"".padEnd(16)}${"native, M/s".padStart(14)}${"Chromium, M/s".padStart(16)}${"Chromium is".padStart(14)}`);
for (const [model, { native, page, events }] of times) {
  const [outside, inside] = [native, page].map((it) => events / median(it) / 1e6);
  const ratio = median(native.map((it, round) => it / page[round]));
  console.log(
    model.padEnd(16) + outside.toFixed(2).padStart(14) + inside.toFixed(2).padStart(16) + `${ratio.toFixed(2)}x`.padStart(14),
  );
}
console.log(`\n${rounds} rounds; every run came to the same on both sides.`);
