// What is served: a few files from one place, and nothing that a strict host would refuse.

import { ROOTS, expect, open, test } from "./fixtures";

for (const root of ROOTS) {
  test(`everything comes from below ${root}, and nothing is missing`, async ({ page, baseURL }) => {
    const asked: string[] = [];
    const failed: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("response", (it) => void (it.status() >= 400 && failed.push(`${it.status()} ${it.url()}`)));
    await open(page, root);
    await page.getByRole("button", { name: "Help" }).click();
    await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
    const elsewhere = asked.filter((it) => !it.startsWith(`${baseURL}${root}`) && !it.startsWith("data:"));
    expect(elsewhere).toEqual([]);
    expect(failed).toEqual([]);
    expect(asked.length, "a first load of a few files").toBeLessThan(12);
  });
}

test("the served page has no style attributes, no handlers in attributes and names no other host", async ({ request }) => {
  const html = await (await request.get("/")).text();
  expect(html).not.toMatch(/\sstyle\s*=/i);
  expect(html).not.toMatch(/\son[a-z]+\s*=\s*["']/i);
  const addresses = [...html.matchAll(/https?:\/\/[^\s"'<>)]+/g)].map((it) => it[0]);
  // The name of a language, not an address that anybody asks for.
  expect(addresses.filter((it) => it !== "http://www.w3.org/2000/svg")).toEqual([]);
});

test("without scripts, the page says what it needs", async ({ request }) => {
  const html = await (await request.get("/")).text();
  expect(html).toMatch(/<noscript>.*needs JavaScript and WebAssembly.*<\/noscript>/s);
});
