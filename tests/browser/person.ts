// What a person does and sees, in the words of the page.
//
// Nothing here knows a class or an id of the page: people do not see those either. Where a state takes time, these
// wait for the state and never for the time.

import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./fixtures";

/** The real screen of a person on the stage. */
export const screenOf = (page: Page, name: string): Locator =>
  page
    .getByRole("region", { name: "Stage", exact: true })
    .getByRole("region", { name: new RegExp(`^${name}.s screen$`) });

export const placeOrder = (screen: Locator): Locator =>
  screen.getByRole("button", { name: "Place order" });

/** What the screen says about each wish, newest first. */
export const claims = (screen: Locator): Locator =>
  screen.getByRole("list", { name: "What became of it" }).getByRole("listitem");

/** Pauses when this screen's wish is confirmed, and waits until the page has kept that; gives the virtual time. */
export async function confirmedAndKept(page: Page, screen: Locator): Promise<number> {
  await expect(claims(screen)).toContainText(["Confirmed"]);
  await pause(page);
  const there = await millis(page);
  // So long may it take until what was done is out of the lab's reach.
  await page.waitForTimeout(1_000);
  return there;
}

/** The rows of a list on a screen, without its head. */
export const rows = (screen: Locator, list: string): Locator =>
  screen.getByRole("group", { name: list }).getByRole("row").filter({ has: screen.page().getByRole("cell") });

/** The list of messages in the air: the twin of what is painted. */
export const air = (page: Page): Locator => page.getByRole("group", { name: "Messages in the air" });

/** A service, a view, a queue or a topic on the stage. */
export const node = (page: Page, name: string): Locator =>
  page.getByRole("region", { name: "Stage" }).getByRole("button", { name: new RegExp(`^${name}\\b(?!-| →)`) });

export const details = (page: Page): Locator => page.getByRole("tabpanel");

/** Everything that the stage tells, the screens of people and the list of messages included. */
export const told = (page: Page): Promise<string> => page.getByRole("main").ariaSnapshot();

/** The same without the list of messages. */
export async function toldByPlaces(page: Page): Promise<string> {
  const [places, messages] = (await told(page)).split(/^.*group "Messages in the air".*$/m);
  expect(messages, "the list of messages comes last").toBeDefined();
  return places!;
}

/** The virtual time in milliseconds. */
export async function millis(page: Page): Promise<number> {
  const words = await page.getByRole("status", { name: "Virtual time" }).innerText();
  expect(words).toMatch(/^\d+\.\d{3} s$/);
  return Math.round(Number.parseFloat(words) * 1000);
}

export const playhead = (page: Page): Locator => page.getByRole("slider", { name: "Playhead" });

/** Scrubs to an instant. It must be one that the slider knows: their distance grows with the timeline. */
export async function scrubTo(page: Page, ms: number): Promise<void> {
  const step = Number(await playhead(page).getAttribute("step"));
  expect((ms * 1000) % step, `the slider, in steps of ${step} µs, can stand at ${ms} ms`).toBe(0);
  await playhead(page).fill(String(ms * 1000));
  await expect.poll(() => millis(page)).toBe(ms);
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

export async function pause(page: Page): Promise<void> {
  await button(page, "Pause").click();
  await expect(button(page, "Play")).toBeVisible();
}

export async function play(page: Page): Promise<void> {
  await button(page, "Play").click();
  await expect(button(page, "Pause")).toBeVisible();
}

export const setSpeed = (page: Page, speed: string) =>
  page.getByRole("combobox", { name: "Speed" }).selectOption(speed);

/** Plays, fast, until the virtual time is at least this, and pauses. */
export async function playTo(page: Page, ms: number, speed = "10×"): Promise<void> {
  await setSpeed(page, speed);
  await play(page);
  await expect.poll(() => millis(page), { timeout: 20_000, intervals: [50] }).toBeGreaterThanOrEqual(ms);
  await pause(page);
  await setSpeed(page, "1×");
}

/** On narrow pages seed, restart and habits are among the knobs. */
async function atHand(page: Page, act: () => Promise<void>): Promise<void> {
  const there = await button(page, "Restart").isVisible();
  if (!there) await openTab(page, "Knobs");
  await act();
  if (!there) await closeSheet(page);
}

/** On narrow pages, what stands beside the stage elsewhere lies over it. */
export async function closeSheet(page: Page): Promise<void> {
  const close = button(page, "Close details");
  if (await close.isVisible()) await close.click();
}

export async function openTab(page: Page, name: string): Promise<void> {
  const tab = page.getByRole("tab", { name });
  if ((await tab.getAttribute("aria-selected")) !== "true" || !(await details(page).isVisible())) {
    await tab.click();
  }
  await expect(details(page)).toBeVisible();
}

export const habits = (page: Page, on: boolean): Promise<void> =>
  atHand(page, () => page.getByRole("switch", { name: "People act by themselves" }).setChecked(on));

export const restart = (page: Page): Promise<void> => atHand(page, () => button(page, "Restart").click());

/** The run stands at its beginning, and nobody acts but the person at the page. */
export async function quiet(page: Page): Promise<void> {
  if (await button(page, "Pause").isVisible()) await pause(page);
  await atHand(page, async () => {
    await button(page, "Restart").click();
    await page.getByRole("switch", { name: "People act by themselves" }).setChecked(false);
  });
  await expect.poll(() => millis(page)).toBe(0);
  await expect(air(page)).toContainText("No message is in the air");
}

/** Opens the page and makes it quiet. */
export async function openQuietly(page: Page): Promise<void> {
  await open(page);
  await quiet(page);
}

/** Chooses how wishes are handled. */
export async function interact(page: Page, choice: string): Promise<void> {
  await page.getByRole("combobox", { name: "Interaction" }).first().selectOption(choice);
}

/** Steps from occurrence to occurrence until something holds; gives the virtual time at which it came about. */
export async function stepUntil(
  page: Page,
  what: string,
  reached: () => Promise<boolean>,
  most = 80,
): Promise<number> {
  for (let steps = 0; steps <= most; steps += 1) {
    if (await reached()) return millis(page);
    await button(page, "Step").click({ timeout: 2_000 });
  }
  throw new Error(`after ${most} steps it is still not so: ${what}`);
}

/** Does this text stand there at this instant? */
export const says = async (where: Locator, words: string | RegExp): Promise<boolean> => {
  const texts = await where.allInnerTexts();
  return texts.some((it) => (typeof words === "string" ? it.includes(words) : words.test(it)));
};

/** The link, as the clipboard has it. The test needs the clipboard's permissions. */
export async function copyLink(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy link" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain("#");
  return clipboard();
}

/** What `test.use` needs for the clipboard. */
export const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

/** What has come in from outside, before anything of it runs. */
export const offered = (page: Page): Locator => page.getByRole("dialog", { name: "Open this?" });

/** The report about a text that could not be opened. */
export const report = (page: Page): Locator =>
  page.getByRole("dialog", { name: "This scenario could not be opened" });

/** Says yes to what has come in, unless it was refused. */
export async function accept(page: Page): Promise<void> {
  await expect(offered(page).or(report(page)).first()).toBeVisible();
  if (await report(page).isVisible()) return;
  await offered(page).getByRole("button", { name: /^(Open it|Keep them)$/ }).click();
  await expect(offered(page)).toHaveCount(0);
}

/** Opens the page with a link, and says yes to what it carries. */
export async function openLink(page: Page, link: string): Promise<void> {
  await open(page, link);
  if (link.includes("#text=")) await accept(page);
}

/** Opens a text by pasting it, as it is done by hand. */
export async function paste(page: Page, text: string): Promise<void> {
  await fill(page, text);
  await accept(page);
}

/** The same without a yes or no. */
export async function fill(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Open a scenario" }).click();
  await page.getByRole("textbox", { name: "Scenario text" }).fill(text);
  await page.getByRole("button", { name: "Open this text" }).click();
}

/** Presses Tab until this has the keyboard. */
export async function tabTo(page: Page, goal: Locator, most = 80): Promise<void> {
  for (let presses = 0; presses <= most; presses += 1) {
    const there = await goal.evaluate((it) => it === document.activeElement).catch(() => false);
    if (there) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${goal}`);
}

/** Where the tokens of commands are on the screen: the middle of what is painted blue. */
export async function paintedCommand(page: Page): Promise<{ x: number; y: number } | undefined> {
  return page.getByRole("main").locator("canvas").evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    // Read from a copy: browsers complain about pages that read what they paint.
    const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    const pixels = copy.getImageData(0, 0, width, height).data;
    let [count, x, y] = [0, 0, 0];
    for (let at = 0; at < pixels.length; at += 4) {
      const [red, green, blue, alpha] = pixels.subarray(at, at + 4);
      if (alpha > 250 && blue - red > 60 && blue - green > 30) {
        count += 1;
        x += (at / 4) % width;
        y += Math.floor(at / 4 / width);
      }
    }
    const box = canvas.getBoundingClientRect();
    const scale = box.width / width;
    return count > 20 ? { x: box.x + (x / count) * scale, y: box.y + (y / count) * scale } : undefined;
  });
}

/** What the timeline tells of what is in sight, as a table. It is opened for that, and closed again. */
export async function toldByTimeline(page: Page): Promise<string> {
  const asTable = button(page, "As a table");
  await asTable.click();
  const words = await page.getByRole("table", { name: "What begins in sight" }).innerText();
  await asTable.click();
  return words;
}

/** The painted picture, to be compared. */
export const picture = (page: Page): Promise<string> =>
  page.getByRole("main").locator("canvas").evaluate((it) => (it as HTMLCanvasElement).toDataURL());
