// The page starts, wherever it is hosted and on every screen.

import { LOOKS, ROOTS, expect, expectNoAxeViolations, open, test } from "./fixtures";

for (const root of ROOTS) {
  test(`starts under ${root}`, async ({ page }) => {
    await open(page, root);
    await expect(page).toHaveTitle(/Inflight/);
  });
}

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);

    test("has no accessibility violation at the start", async ({ page }) => {
      await open(page);
      await expectNoAxeViolations(page);
    });

    test("never scrolls sideways at the start", async ({ page }) => {
      await open(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}
