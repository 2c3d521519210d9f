// The pictures in docs/pictures, taken from the page in dist/: `cargo xtask pictures` calls it.
//
// The same page makes the same pictures: runs are the same everywhere, and each is stopped at an instant of its own.

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { serve } from "./server.mjs";

const [modules, chromium, folder, ...wanted] = process.argv.slice(2);
const { chromium: browsers } = createRequire(join(modules, "package.json"))("@playwright/test");

/** What is worth a picture: a scenario, and the instant at which most is to be seen. */
const SCENES = [
  { name: "mug", path: "first-steps/a-mug-eventually", at: 7.9 },
  { name: "chain", path: "shape/chain-or-replica", at: 6.1 },
  { name: "shop", path: "shape/whole-shop", at: 9.4 },
];
const LAPTOP = { width: 1280, height: 720 };
const LOOKS = [
  { name: "light", viewport: LAPTOP, colorScheme: "light" },
  { name: "dark", viewport: LAPTOP, colorScheme: "dark" },
  { name: "presenter", viewport: LAPTOP, colorScheme: "light", link: "&present" },
  { name: "phone", viewport: { width: 360, height: 640 }, colorScheme: "light", deviceScaleFactor: 2 },
];
/** A picture is at most this large. */
const BYTES_MAX = 110 * 1024;

const { address, stop } = await serve();
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const browser = await browsers.launch({ executablePath: chromium, args: flags });
mkdirSync(folder, { recursive: true });
for (const { name: scene, path, at } of SCENES) {
  for (const { name: look, link = "", ...use } of LOOKS) {
    const name = `${scene}-${look}`;
    if (wanted.length && !wanted.includes(name) && !wanted.includes(scene)) continue;
    const context = await browser.newContext({ ...use, locale: "en-GB" });
    const page = await context.newPage();
    await page.goto(`${address}/#scenario=${path}${link}`);
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    const playhead = page.getByRole("slider", { name: "Playhead" });
    const step = Number(await playhead.getAttribute("step"));
    await playhead.fill(String(Math.round((at * 1e6) / step) * step));
    await page.mouse.move(0, 0);
    await page.evaluate(() => document.activeElement?.blur());
    await page.waitForTimeout(700);
    const bytes = await small(context, await page.screenshot());
    writeFileSync(join(folder, `${name}.webp`), bytes);
    console.log(`${name}.webp  ${(bytes.length / 1024).toFixed(1)} KiB`);
    if (bytes.length > BYTES_MAX) process.exitCode = 1;
    await context.close();
  }
}
await browser.close();
await stop();

/** The browser itself makes a small file of a picture. */
async function small(context, png) {
  const page = await context.newPage();
  const url = await page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.86);
  }, png.toString("base64"));
  await page.close();
  return Buffer.from(url.split(",")[1], "base64");
}
