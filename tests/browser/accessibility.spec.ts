// Everybody: every view in every look without a violation, every control with the keyboard alone, nothing that scrolls
// sideways, and the same information with less motion.

import { LOOKS, VIEWPORTS, expect, expectNoAxeViolations, open, test, type Page } from "./fixtures";
import {
  CLIPBOARD,
  air,
  claims,
  closeSheet,
  details,
  interact,
  millis,
  node,
  openQuietly,
  openTab,
  paste,
  pause,
  picture,
  placeOrder,
  play,
  quiet,
  rows,
  screenOf,
  scrubTo,
  setSpeed,
  stepUntil,
  says,
  tabTo,
  told,
} from "./person";
import { BROKEN_BOOK } from "./texts";

/** The page fits its width, and so does everything in it that scrolls by itself. */
async function expectNothingSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const sheets = [...document.querySelectorAll("main, aside, [role=tabpanel], dialog[open], dialog[open] *")];
    // Source text and wide tables scroll in their own boxes.
    const words = sheets.filter((it) => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0);
    const scrolls = words.filter((it) => /auto|scroll/.test(getComputedStyle(it).overflowX));
    const named = scrolls.filter((it) => !it.matches("textarea, ol[tabindex], [role=region][tabindex]"));
    return { beyond, scrolls: named.map((it) => `${it.tagName} ${it.className}`) };
  });
  expect(wide).toEqual({ beyond: 0, scrolls: [] });
}

/** Goes from view to view, and looks at each. */
async function visitEverything(page: Page, look: () => Promise<void>): Promise<void> {
  const view = (name: string, reach: () => Promise<void>) =>
    test.step(name, async () => {
      await reach();
      await look();
    });
  const dialog = (name: string) => page.getByRole("dialog", { name });
  const inDialog = (opener: string) =>
    view(`the dialog of “${opener}”`, async () => {
      await page.getByRole("button", { name: opener }).click();
      await expect(dialog(opener)).toBeVisible();
    }).then(() => page.keyboard.press("Escape"));

  await open(page);
  await view("a living stage", async () => {
    await setSpeed(page, "10×");
    await expect.poll(() => millis(page)).toBeGreaterThan(8_000);
    await pause(page);
  });
  await view("the lesson", () => openTab(page, "Lesson"));
  await view("the inspector with nothing in it", () => openTab(page, "Inspector"));
  await view("the knobs", () => openTab(page, "Knobs"));
  await view("the scores, and a rival run", async () => {
    await openTab(page, "Scores");
    await details(page).getByRole("combobox", { name: /Beside it/ }).selectOption("Wait for it");
    await expect(details(page)).toContainText("Here: ");
  });
  await view("all interactions", async () => {
    await page.getByRole("button", { name: "All interactions" }).click();
    await dialog("All interactions").getByRole("combobox", { name: "With" }).selectOption("3 seeds");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await expect(dialog("All interactions")).toContainText("48 of 48 runs", { timeout: 60_000 });
  });
  await page.keyboard.press("Escape");
  await details(page).getByRole("combobox", { name: /Beside it/ }).selectOption("Nothing");
  await openTab(page, "Knobs");
  await inDialog("Mix an interaction");
  await view("the rules", () => openTab(page, "Rules"));
  await closeSheet(page);
  await inDialog("Open a scenario");
  await inDialog("Display");
  await inDialog("Help");
  // The first Escape only lets Tab leave the text.
  await inDialog("Text");
  await page.keyboard.press("Escape");
  await view("the findings", async () => {
    await paste(page, BROKEN_BOOK);
    await expect(dialog("This scenario could not be opened")).toContainText("3 things are wrong with it");
  });
  await view("a text that is being mended", () => page.getByRole("button", { name: "Edit the text" }).click());
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await view("the inspector with a person", async () => {
    await placeOrder(screenOf(page, "Ben")).click();
    await screenOf(page, "Ben").getByRole("button", { name: "Ben", exact: true }).click();
    await expect(details(page)).toContainText("in truth");
  });
  await closeSheet(page);
  await view("the inspector with a message", async () => {
    await quiet(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await scrubTo(page, 120);
    await air(page).getByRole("button").first().focus();
    await page.keyboard.press("Enter");
    await expect(details(page)).toContainText("Envelope");
  });
  await view("the inspector with a service at work", async () => {
    await closeSheet(page);
    await stepUntil(page, "sales works", () => says(node(page, "sales"), "works on"));
    await node(page, "sales").click();
    await expect(details(page)).toContainText("works until");
  });
  await view("the inspector with a crashed service", async () => {
    await details(page).getByRole("button", { name: "Crash sales" }).click();
    await expect(details(page)).toContainText("crashed");
  });
  await closeSheet(page);
  await view("the truth lens, offline", async () => {
    await page.getByRole("button", { name: "Truth lens" }).click();
    await placeOrder(screenOf(page, "Ana")).click();
    await screenOf(page, "Ana").getByRole("button", { name: "Offline" }).click();
    await expect(screenOf(page, "Ana").getByRole("status")).toContainText("Offline");
  });
  await screenOf(page, "Ana").getByRole("button", { name: "Offline" }).click();
  await page.getByRole("button", { name: "Truth lens" }).click();
  await view("a frozen form", async () => {
    await openTab(page, "Knobs");
    await interact(page, "Wait for it");
    await closeSheet(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await expect(claims(screenOf(page, "Ana")).first()).toContainText("Please wait…");
  });
}

for (const { name, use } of LOOKS) {
  test.describe(name, () => {
    test.use(use);

    test("no view violates a rule or scrolls sideways", async ({ page }) => {
      test.slow();
      await visitEverything(page, async () => {
        await expectNoAxeViolations(page);
        await expectNothingSideways(page);
      });
    });
  });
}

for (const [screen, viewport] of Object.entries(VIEWPORTS)) {
  test.describe(screen, () => {
    test.use({ viewport });

    test("Tab comes to every control, and one sees where one is", async ({ page }) => {
      await openQuietly(page);
      await placeOrder(screenOf(page, "Ana")).click();
      await scrubTo(page, 120);
      const controls = await page.evaluate(() => {
        const all = [...document.querySelectorAll<HTMLElement>("button, input, select, textarea, [tabindex]")];
        const there = all.filter((it) => it.tabIndex >= 0 && !it.matches(":disabled") && it.checkVisibility());
        there.forEach((it, index) => (it.dataset["stop"] = String(index)));
        return there.map((it) => it.ariaLabel || it.innerText || it.tagName);
      });
      expect(controls.length).toBeGreaterThan(20);
      const stops = new Set<number>();
      const unseen: string[] = [];
      await page.locator("body").focus();
      for (let presses = 0; presses < controls.length + 5; presses += 1) {
        await page.keyboard.press("Tab");
        const stop = await page.evaluate(() => {
          const it = document.activeElement as HTMLElement;
          if (it === document.body || it.dataset["stop"] === undefined) return undefined;
          const box = it.getBoundingClientRect();
          const marks = (of: Element | null) => {
            if (!of) return false;
            const style = getComputedStyle(of);
            const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
            return outlined || style.boxShadow !== "none";
          };
          const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
          const top = document.elementFromPoint(
            Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
            Math.min(Math.max(box.y + box.height / 2, 0), innerHeight - 1),
          );
          // A switch is drawn by its label.
          const labeled = Boolean(top?.closest("label")?.contains(it));
          // The playhead is drawn by the axis it lies on.
          const painted = top instanceof HTMLCanvasElement && top.ariaHidden === "true" && top.parentElement === it.parentElement;
          const own = top && (it.contains(top) || top.contains(it) || labeled || painted);
          return {
            at: Number(it.dataset["stop"]),
            marked: it.matches(":focus-visible") && (marks(it) || marks(it.closest("label")) || marks(it.nextElementSibling)),
            seen: inside && Boolean(own),
          };
        });
        if (!stop) continue;
        stops.add(stop.at);
        if (!stop.marked) unseen.push(`${controls[stop.at]}: focus is not shown`);
        if (!stop.seen) unseen.push(`${controls[stop.at]}: covered, or out of sight`);
      }
      expect(controls.filter((_, index) => !stops.has(index)), "never reached").toEqual([]);
      expect([...new Set(unseen)]).toEqual([]);
    });
  });
}

test.describe("with the keyboard alone", () => {
  test.use(CLIPBOARD);

  test("one acts, steps, scrubs, turns a knob, inspects, crashes, opens and shares", async ({ page }) => {
    test.slow();
    await open(page);
    const key = (name: string) => page.keyboard.press(name);
    const button = (name: string) => page.getByRole("button", { name, exact: true });

    // Time.
    await key("Space");
    await expect(button("Play")).toBeVisible();
    await tabTo(page, button("Restart"));
    await key("Enter");
    await expect.poll(() => millis(page)).toBe(0);
    await tabTo(page, page.getByRole("switch", { name: "People act by themselves" }));
    await key("Space");
    await expect(page.getByRole("switch", { name: "People act by themselves" })).not.toBeChecked();

    // An order.
    const ana = screenOf(page, "Ana");
    await tabTo(page, ana.getByRole("button", { name: "More How many" }));
    await key("Enter");
    await tabTo(page, placeOrder(ana));
    await key("Enter");
    await expect(claims(ana)).toHaveText([/2 × mug\s*Done/]);
    await key("ArrowRight");
    await expect.poll(() => millis(page)).toBeGreaterThan(0);

    // Its message, in the twin of the canvas.
    await tabTo(page, page.getByRole("slider", { name: "Playhead" }));
    await key("Home");
    for (let presses = 0; presses < 5; presses += 1) await key("ArrowRight");
    expect(await millis(page)).toBeGreaterThan(0);
    await tabTo(page, air(page).getByRole("button", { name: "PlaceOrder, command" }));
    await key("Enter");
    await expect(details(page).getByRole("heading", { name: "PlaceOrder" })).toBeVisible();

    // A service, and its end.
    await tabTo(page, node(page, "sales"));
    await key("Enter");
    await expect(details(page).getByRole("heading", { name: "sales", exact: true })).toBeVisible();
    await tabTo(page, details(page).getByRole("button", { name: "Crash sales" }));
    await key("Enter");
    await expect(node(page, "sales")).toContainText("crashed");
    await tabTo(page, details(page).getByRole("button", { name: "Restart sales" }));
    await key("Enter");
    await expect(node(page, "sales")).not.toContainText("crashed");

    // A knob.
    await tabTo(page, page.getByRole("tab", { name: "Inspector" }));
    await key("ArrowRight");
    await expect(page.getByRole("tab", { name: "Knobs" })).toBeFocused();
    const knob = details(page).getByRole("spinbutton", { name: "Delay to the views" });
    await tabTo(page, knob);
    await key("Control+A");
    await page.keyboard.type("100");
    await key("Tab");
    await expect(knob).toHaveValue("100");

    // The end of the story.
    await tabTo(page, button("Play"));
    await key("Space");
    await expect(claims(ana)).toHaveText([/2 × mug\s*Confirmed/]);

    // A link.
    await tabTo(page, button("Share"));
    await key("Enter");
    await tabTo(page, button("Copy link"));
    await key("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Link copied" })).toBeVisible();

    // Another scenario, and back from the dialog to where one was.
    await tabTo(page, button("Open a scenario"));
    await key("Enter");
    const dialog = page.getByRole("dialog", { name: "Open a scenario" });
    await expect(dialog).toBeVisible();
    await key("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(button("Open a scenario")).toBeFocused();
    await key("Enter");
    await tabTo(page, dialog.getByRole("button", { name: /A mug, eventually/ }));
    await key("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(claims(ana)).toHaveCount(0);
    await key("?");
    await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
  });
});

test("a dialog keeps the keyboard inside and gives it back", async ({ page }) => {
  await openQuietly(page);
  for (const name of ["Open a scenario", "Display", "Help"]) {
    await page.getByRole("button", { name }).click();
    const dialog = page.getByRole("dialog", { name });
    await expect(dialog).toBeVisible();
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press("Tab");
      const outside = await dialog.evaluate((it) => {
        const at = document.activeElement;
        return at !== document.body && !it.contains(at);
      });
      expect(outside, `${name}: after ${presses + 1} presses of Tab`).toBe(false);
    }
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("button", { name })).toBeFocused();
  }
});

test("the chosen theme wins over the system's, and is kept", async ({ page }) => {
  await open(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("radio", { name: "Dark" }).check();
  await expect.poll(ground).not.toBe(light);
  const dark = await ground();
  await open(page);
  expect(await ground()).toBe(dark);
});

test("in forced colours nothing is lost but the colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openQuietly(page);
  await placeOrder(screenOf(page, "Ana")).click();
  await scrubTo(page, 120);
  await expect(claims(screenOf(page, "Ana"))).toHaveText([/1 × mug\s*Done/]);
  const painted = await page.getByRole("main").locator("canvas").evaluate((it) => {
    const { width, height } = it as HTMLCanvasElement;
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    copy.drawImage(it as HTMLCanvasElement, 0, 0);
    return copy.getImageData(0, 0, width, height).data.some((it) => it > 0);
  });
  expect(painted).toBe(true);
});

test.describe("with less motion", () => {
  /** A message is on its way and plays slowly; it arrives 250 ms after the start at the earliest. */
  async function onItsWay(page: Page): Promise<string> {
    await openQuietly(page);
    await placeOrder(screenOf(page, "Ana")).click();
    await scrubTo(page, 100);
    await setSpeed(page, "1/20×");
    await play(page);
    return picture(page);
  }

  /** Up to then nothing comes about, and nothing may move. */
  async function expectStill(page: Page): Promise<void> {
    const start = await onItsWay(page);
    let at = 0;
    let looks = 0;
    for (; at < 130 || looks < 3; looks += 1) {
      const now = await picture(page);
      at = await millis(page);
      if (at < 240) expect(now, `at ${at} ms`).toBe(start);
    }
    expect(at, "time goes on").toBeGreaterThan(100);
    await pause(page);
  }

  test("messages travel when the system says nothing about motion", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "no-preference" });
    const start = await onItsWay(page);
    await expect.poll(() => picture(page)).not.toBe(start);
  });

  test("messages stand until something comes about when the system asks for less", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await expectStill(page);
    const before = await picture(page);
    await stepUntil(page, "it has arrived", () => says(node(page, "orders"), "handed out"));
    expect(await picture(page), "with what comes about, they move").not.toBe(before);
  });

  test("messages stand as well when the person asks for less", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Display" }).click();
    await page.getByRole("switch", { name: "Less motion" }).check();
    await page.keyboard.press("Escape");
    await expectStill(page);
  });

  test("the information is the same", async ({ page }) => {
    await open(page);
    const stories: string[][] = [];
    for (const reducedMotion of ["no-preference", "reduce"] as const) {
      await page.emulateMedia({ reducedMotion });
      await quiet(page);
      await placeOrder(screenOf(page, "Ana")).click();
      const story = [];
      for (let steps = 0; steps < 8; steps += 1) {
        await page.getByRole("button", { name: "Step", exact: true }).click();
        story.push(`${await millis(page)}\n${await told(page)}`);
      }
      stories.push(story);
    }
    expect(stories[1]).toEqual(stories[0]);
  });
});

test("a screen reader is told what the canvas shows, row by row", async ({ page }) => {
  await openQuietly(page);
  await expect(air(page)).toContainText("No message is in the air");
  await placeOrder(screenOf(page, "Ana")).click();
  await placeOrder(screenOf(page, "Ben")).click();
  await scrubTo(page, 120);
  await expect(air(page)).toContainText("2 messages in the air");
  await expect(air(page).getByRole("button")).toHaveText(["PlaceOrder, command", "PlaceOrder, command"]);
  await expect(rows(screenOf(page, "Ana"), "In the shop window")).toHaveCount(1);
  await expect(page.getByRole("main").locator("canvas")).toHaveAttribute("aria-hidden", "true");
});
