// Branches: a person goes back, changes one thing by hand, and has both runs: by name, as a picture, beside each other,
// and in a link.

import { LOOKS, VIEWPORTS, expect, expectNoAxeViolations, open, test, type Page } from "./fixtures";
import {
  CLIPBOARD,
  air,
  claims,
  closeSheet,
  copyLink,
  details,
  interact,
  millis,
  node,
  openQuietly,
  openTab,
  placeOrder,
  rows,
  says,
  screenOf,
  scrubTo,
  tabTo,
} from "./person";

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const stageBeside = (page: Page) => page.locator("section[aria-label='Stage beside']");
const compared = (page: Page) => page.getByRole("region", { name: "Compared" });

/** Ana orders, the order arrives; then somebody goes back and lets it get lost. */
async function loseTheOrder(page: Page): Promise<void> {
  await openQuietly(page);
  // The device sends its order once, so that a loss is one.
  if (page.viewportSize()!.width < 900) await openTab(page, "Knobs");
  await interact(page, "Optimistic");
  await closeSheet(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 4_000);
  await expect(rows(screenOf(page, "Ana"), "Orders")).toHaveText([/mug\s*1/]);
  await scrubTo(page, 100);
  await air(page).getByRole("button", { name: "PlaceOrder, command" }).focus();
  await page.keyboard.press("Enter");
  await details(page).getByRole("button", { name: "Lose this message" }).click();
}

async function openBranches(page: Page): Promise<void> {
  await button(page, /^2 branches:/).click();
  await expect(page.getByRole("dialog", { name: "Branches" })).toBeVisible();
}

test("what if this message had been lost: the old run stays, and one goes from one to the other", async ({ page }) => {
  await loseTheOrder(page);
  await expect(button(page, "2 branches: Lost PlaceOrder at 0.1 s")).toBeVisible();
  await scrubTo(page, 4_000);
  await expect(rows(screenOf(page, "Ana"), "Orders"), "it never arrived").toHaveCount(0);

  await openBranches(page);
  const list = page.getByRole("dialog", { name: "Branches" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await list.getByRole("button", { name: "Show First run" }).click();
  await page.keyboard.press("Escape");
  expect(await millis(page), "the same instant").toBe(4_000);
  await expect(rows(screenOf(page, "Ana"), "Orders")).toHaveText([/mug\s*1/]);
});

test("acting at the end begins no branch, and who never goes back never meets any", async ({ page }) => {
  await openQuietly(page);
  for (const at of [1_000, 2_000]) {
    await scrubTo(page, at);
    await placeOrder(screenOf(page, "Ana")).click();
  }
  await expect(button(page, /branches:/)).toHaveCount(0);
});

test("a branch is renamed, its fork is found, and it is deleted", async ({ page }) => {
  await loseTheOrder(page);
  await scrubTo(page, 3_000);
  await openBranches(page);
  const list = page.getByRole("dialog", { name: "Branches" });
  const name = list.getByRole("textbox", { name: "Name of Lost PlaceOrder" });
  await name.fill("What if");
  await name.press("Enter");
  await list.getByRole("button", { name: "Go to the fork of What if" }).click();
  await expect.poll(() => millis(page)).toBe(100);
  await expect(list.getByRole("button", { name: "Delete First run" }), "the first one stays").toBeDisabled();
  await list.getByRole("button", { name: "Delete What if" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(button(page, /branches:/)).toHaveCount(0);
});

test("two branches stand beside each other at the same instant, with what differs", async ({ page }) => {
  await loseTheOrder(page);
  await openBranches(page);
  await page.getByRole("dialog", { name: "Branches" }).getByRole("button", { name: "Compare with First run" }).click();
  await page.keyboard.press("Escape");
  await scrubTo(page, 4_000);
  await expect(compared(page)).toContainText(/Here Lost PlaceOrder at 0.1 s\s*beside First run/);
  await expect(stageBeside(page).getByText("Confirmed")).toBeVisible();
  const here = page.getByRole("region", { name: "Stage", exact: true }).getByRole("region", { name: /^Ana.s screen$/ });
  await expect(claims(here)).toHaveText([/1 × mug\s*Done/]);
  await compared(page).getByText(/differences?$/).click();
  await expect(compared(page).getByRole("listitem").filter({ hasText: "sales: other rows in stock" })).toBeVisible();
  await scrubTo(page, 60);
  await expect(compared(page)).toContainText("Nothing differs");

  await compared(page).getByRole("button", { name: "Go over to it" }).click();
  await expect(compared(page)).toContainText(/Here First run\s*beside Lost PlaceOrder at 0.1 s/);
  await compared(page).getByRole("combobox", { name: "Seen" }).selectOption("Here");
  await expect(stageBeside(page)).toBeHidden();
  await compared(page).getByRole("button", { name: "Compare no more" }).click();
  await expect(stageBeside(page)).toBeHidden();
});

test("everything with the keyboard alone", async ({ page }) => {
  await loseTheOrder(page);
  await page.keyboard.press("[");
  await expect(button(page, "2 branches: First run")).toBeVisible();
  await page.keyboard.press("]");
  await expect(button(page, "2 branches: Lost PlaceOrder at 0.1 s")).toBeVisible();
  await page.keyboard.press("b");
  const list = page.getByRole("dialog", { name: "Branches" });
  await tabTo(page, list.getByRole("button", { name: "Compare with First run" }));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(stageBeside(page)).toBeVisible();
  await tabTo(page, compared(page).getByRole("button", { name: "Compare no more" }), 120);
  await page.keyboard.press("Enter");
  await expect(stageBeside(page)).toBeHidden();
});

test.describe("links", () => {
  test.use(CLIPBOARD);

  test("carry all branches and what is compared", async ({ page }) => {
    await loseTheOrder(page);
    await openTab(page, "Scores");
    await page.getByRole("combobox", { name: /^Beside it/ }).selectOption("Branch: First run");
    await scrubTo(page, 3_000);
    const link = await copyLink(page);
    const other = await page.context().newPage();
    await open(other, link.slice(link.indexOf("/#")));
    await expect(button(other, "2 branches: Lost PlaceOrder at 0.1 s")).toBeVisible();
    await expect(compared(other)).toContainText("beside First run");
    expect(await millis(other)).toBe(3_000);
    await expect(rows(screenOf(other, "Ana"), "Orders")).toHaveCount(0);
    await other.close();
  });
});

test("by hand: what cannot be done is grey and says why", async ({ page }) => {
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 100);
  await air(page).getByRole("button", { name: "PlaceOrder, command" }).focus();
  await page.keyboard.press("Enter");
  const power = (name: string) => details(page).getByRole("button", { name });
  await expect(power("Let it overtake")).toHaveAttribute("aria-disabled", "true");
  await expect(details(page)).toContainText("Let it overtake: Nothing is ahead of it");
  await power("Hold it up for 2s").click();
  await expect(details(page)).toContainText(/where\s*on its way from Ana to broker/);
  await power("Make a second copy").click();
  await scrubTo(page, 2_000);
  await expect(details(page)).toContainText(/where\s*on its way from Ana to broker/);
  await scrubTo(page, 6_000);
  await expect(rows(screenOf(page, "Ana"), "In the shop window"), "both copies were handled, or one was recognized").not.toHaveText(
    /mug\s*3/,
  );
});

test("by hand: a service is paused and slowed down", async ({ page }) => {
  await openQuietly(page);
  await node(page, "sales").click();
  await details(page).getByRole("button", { name: "Pause sales" }).click();
  await expect(node(page, "sales")).toContainText("paused");
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 3_000);
  await expect(rows(screenOf(page, "Ana"), "Orders")).toHaveCount(0);
  await details(page).getByRole("button", { name: "Let sales go on" }).click();
  await scrubTo(page, 8_000);
  await expect(rows(screenOf(page, "Ana"), "Orders")).toHaveText([/mug\s*1/]);
  await details(page).getByRole("button", { name: "Slow sales down 10×" }).click();
  await expect(node(page, "sales")).toContainText("slow");
  // A broker is no service: it says so.
  await node(page, "orders").click();
  await expect(details(page).getByRole("button", { name: /^Pause broker/ })).toHaveAttribute("aria-disabled", "true");
  await expect(details(page)).toContainText("A broker works at once, or has crashed");
});

test("by hand: a line of the stage is selected, cut and mended", async ({ page }) => {
  await openQuietly(page);
  const [from, to] = await Promise.all([screenOf(page, "Ana").boundingBox(), node(page, "orders").boundingBox()]);
  // Somewhere on the way between the two boxes there is the line.
  const [x1, x2] = [from!.x + from!.width, to!.x + to!.width / 2];
  const y = (box: { y: number; height: number }) => box.y + box.height / 2;
  let found = false;
  for (let step = 0; step < 8 && !found; step += 1) {
    const share = 0.15 + step * 0.04;
    await page.mouse.click(x1 + (x2 - x1) * share, y(from!) + (y(to!) - y(from!)) * share + 6);
    found = await says(details(page), /Ana → broker/);
  }
  expect(found, "the line is found").toBe(true);
  await details(page).getByRole("button", { name: "Cut this way" }).click();
  await expect(details(page)).toContainText("cut: what is sent gets lost");
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 1_000);
  await expect(air(page)).toContainText("No message is in the air");
  await details(page).getByRole("button", { name: "Mend it, both ways" }).click();
  await expect(details(page)).toContainText("as usual");
});

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);

    test("branches, their list and two stages break no rule for accessible pages", async ({ page }) => {
      await loseTheOrder(page);
      if (use.viewport === VIEWPORTS.phone) await button(page, "Close details").click();
      await expectNoAxeViolations(page);
      await openBranches(page);
      await expectNoAxeViolations(page);
      await page.getByRole("dialog", { name: "Branches" }).getByRole("button", { name: "Compare with First run" }).click();
      await page.keyboard.press("Escape");
      await expect(compared(page)).toBeVisible();
      await expectNoAxeViolations(page);
    });
  });
}
