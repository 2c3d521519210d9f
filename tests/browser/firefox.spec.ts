// The core of it all in another engine: the page starts and works, a link shows the same, and the policy holds.
// That runs have the same identity there is the business of identity.spec.ts, which runs in both.

import { ROOTS, expect, open, test } from "./fixtures";
import { firefox } from "./firefox.mjs";
import { claims, confirmedAndKept, millis, openQuietly, placeOrder, play, screenOf } from "./person";

test.skip(!firefox(), "no Firefox found: install one (Debian: `apt-get install firefox-esr`), or name it in FIREFOX");

for (const root of ROOTS) {
  test(`starts under ${root}, and moves`, async ({ page }) => {
    await open(page, root);
    await expect.poll(() => millis(page)).toBeGreaterThan(300);
  });
}

test("a click on a screen becomes an order that is confirmed", async ({ page }) => {
  await openQuietly(page);
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await play(page);
  await expect(claims(ana)).toContainText(["Confirmed"]);
});

test("a link opens a scenario that lies beside the page", async ({ page }) => {
  await open(page, "/any/sub/path/#scenario=published/two-generals");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two generals");
});

test("who goes away and back finds the same run", async ({ page }) => {
  await openQuietly(page);
  const ana = screenOf(page, "Ana");
  await placeOrder(ana).click();
  await play(page);
  const there = await confirmedAndKept(page, ana);
  await page.reload();
  await expect.poll(() => millis(page)).toBe(there);
});

test.describe("the policy", () => {
  test.use({ expected: [/Content-Security-Policy/] });

  test("holds", async ({ page }) => {
    await open(page);
    const ran = await page.evaluate(async () => {
      const place = document.createElement("div");
      document.body.append(place);
      place.innerHTML = `<img src="x:" onerror="document.title = 'ran'">`;
      const script = document.createElement("script");
      script.textContent = "document.title = 'ran'";
      place.append(script);
      await new Promise((done) => setTimeout(done, 300));
      return document.title;
    });
    expect(ran).toMatch(/Inflight$/);
  });
});
