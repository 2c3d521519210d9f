// A job that takes a while: how far it is, asking for it to be dropped, and closing the page meanwhile.

import { expect, expectNoAxeViolations, open, test, type Page } from "./fixtures";
import { claims, details, openTab, playTo, quiet, screenOf } from "./person";

const order = (page: Page, name: string) =>
  screenOf(page, name).getByRole("button", { name: "Order report" }).click();
const cancel = (page: Page, name: string) => screenOf(page, name).getByRole("button", { name: "Cancel" });

async function openReports(page: Page): Promise<void> {
  await open(page, "/#scenario=interaction/accepted-then-poll");
  await quiet(page);
}

test("a screen that asks hears how far the job is, and at last that it is done", async ({ page }) => {
  await openReports(page);
  // A screen whose receipt gets lost does not know whether there is a job, and does not ask.
  await openTab(page, "Knobs");
  await details(page).getByRole("slider", { name: "Receipts that get lost" }).fill("0");
  await order(page, "Ana");
  await playTo(page, 3_500, "2×");
  const bar = screenOf(page, "Ana").getByRole("progressbar", { name: "Progress" });
  // The answer that was given after 3.1 s: two quarters are done.
  await expect(bar).toHaveAttribute("value", "50");
  await expect(claims(screenOf(page, "Ana"))).toContainText(["50 %"]);
  await expectNoAxeViolations(page);
  await playTo(page, 9_000);
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/Confirmed/]);
  await expect(bar).toHaveCount(0);
});

test("what is cancelled in time is dropped, and the screen says so when it is so", async ({ page }) => {
  await openReports(page);
  await order(page, "Ana");
  await playTo(page, 1_000, "2×");
  await cancel(page, "Ana").click();
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/To be cancelled/]);
  await expect(cancel(page, "Ana")).toHaveCount(0);
  await playTo(page, 2_000, "2×");
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/Cancelled/]);
  await playTo(page, 12_000);
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/Cancelled/]);
});

test("a closed page shows nothing and takes nothing, and comes back with what it can still ask for", async ({ page }) => {
  await openReports(page);
  const ana = screenOf(page, "Ana");
  await order(page, "Ana");
  await playTo(page, 1_000, "2×");
  await expect(claims(ana)).toHaveText([/Received as Ana-1|Sending/]);
  const close = ana.getByRole("button", { name: "Close this screen" });
  await close.click();
  await expect(close).toHaveAttribute("aria-pressed", "true");
  await expect(ana.getByRole("status")).toHaveText(/^Closed/);
  await expect(ana.getByRole("button", { name: "Order report" })).toHaveCount(0);
  await playTo(page, 8_000);
  await close.click();
  await expect(ana.getByRole("button", { name: "Order report" })).toBeVisible();
  await playTo(page, 9_000);
  await expect(ana.getByRole("status")).toHaveText("");
});
