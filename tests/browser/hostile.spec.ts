// What strangers send: nothing of it runs as code, nothing of it runs before somebody says yes, and whatever is no
// scenario is refused at once.

import { deflateRawSync } from "node:zlib";
import { expect, open, test, type Page } from "./fixtures";
import { accept, details, fill, millis, offered, openTab, paste, pause, report } from "./person";
import { PAYLOADS, hostile } from "./payloads";
import { GUEST_BOOK } from "./texts";

// Sixty payloads in every field take their time on a machine that builds beside.
test.describe.configure({ timeout: 90_000 });

const pack = (text: string | Buffer): string => `1.${deflateRawSync(text).toString("base64url")}`;
const title = (page: Page) => page.getByRole("heading", { level: 1 });

/** Ten payloads at a time. */
const TENS = Array.from({ length: PAYLOADS.length / 10 }, (_, ten) => PAYLOADS.slice(ten * 10, ten * 10 + 10));

/** Every call of `pwned` and every dialog of the browser is one too many. */
async function watch(page: Page): Promise<() => Promise<void>> {
  const dialogs: string[] = [];
  page.on("dialog", (it) => {
    dialogs.push(it.message());
    void it.dismiss();
  });
  await page.addInitScript(() => {
    const w = globalThis as any;
    w.hits = 0;
    w.pwned = () => void (w.hits += 1);
  });
  return async () => {
    const found = await page.evaluate(() => {
      const foreign = "img, iframe, object, embed, video, audio, marquee, base, math, foreignObject, body script:not([type=module]), a[href]";
      const handlers = [...document.querySelectorAll("*")].filter((it) =>
        it.getAttributeNames().some((name) => name.startsWith("on") || name === "srcdoc" || name === "style"),
      );
      // Measures that style sheets cannot know are set through the object model, with names of ours.
      const written = handlers.filter((it) => it.getAttributeNames().some((name) => name !== "style" && /^on|srcdoc/.test(name)));
      return { hits: (globalThis as any).hits, foreign: document.querySelectorAll(foreign).length, written: written.length };
    });
    expect(found).toEqual({ hits: 0, foreign: 0, written: 0 });
    expect(dialogs).toEqual([]);
  };
}

/** Looks at everything that shows a text of the scenario, and uses its form. */
async function lookAround(page: Page): Promise<void> {
  for (const tab of ["Lesson", "Knobs", "Rules", "Scores"]) await openTab(page, tab);
  const cleo = page.getByRole("region", { name: /^Cleo.s screen$/ });
  await cleo.getByRole("button").filter({ hasText: /\S/ }).last().hover();
  await cleo.locator(".form__submit").first().click();
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
}

const ways: Record<string, (page: Page, text: string) => Promise<void>> = {
  "by link": async (page, text) => {
    await page.evaluate((it) => void (location.hash = it), `text=${pack(text)}`);
    await accept(page);
  },
  "as a file": async (page, text) => {
    await page.getByRole("button", { name: "Open a scenario" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByLabel(/^Scenario or documents/).click();
    await (await chooser).setFiles({ name: `${text.slice(19, 60)}.yaml`, mimeType: "text/yaml", buffer: Buffer.from(text) });
    await accept(page);
  },
  "by paste": (page, text) => paste(page, text),
};

for (const [way, bring] of Object.entries(ways)) {
  test(`no payload runs ${way}`, async ({ page }) => {
    const expectNothing = await watch(page);
    await open(page);
    for (const payloads of TENS) {
      await bring(page, hostile(payloads));
      await expect(title(page)).toHaveText(payloads[0]!.replace("\n", " "));
      await lookAround(page);
      await expectNothing();
    }
  });
}

test("no payload runs out of what is kept", async ({ page }) => {
  const expectNothing = await watch(page);
  await open(page);
  for (const payloads of TENS) {
    await paste(page, hostile(payloads));
    await expect(page.getByRole("status", { name: "Saving" })).toHaveText(/^Saved/);
  }
  await page.goto("about:blank");
  await open(page);
  for (const payloads of TENS) {
    await page.getByRole("button", { name: "Open a scenario" }).click();
    const list = page.getByRole("list", { name: "Your documents" });
    await list.getByRole("button").filter({ hasText: payloads[0]!.replace(/\s+/g, " ").trim() }).first().click();
    await expect(title(page)).toHaveText(payloads[0]!.replace("\n", " "));
    await openTab(page, "Knobs");
    await expectNothing();
  }
});

test("no payload runs as a title, offered and open", async ({ page }) => {
  const expectNothing = await watch(page);
  await open(page);
  for (const payload of PAYLOADS) {
    const text = GUEST_BOOK.replace("title: A guest book", `title: ${JSON.stringify(payload)}`);
    await page.evaluate((it) => void (location.hash = it), `text=${pack(text)}`);
    await accept(page);
  }
  await expectNothing();
});

// ---- What is no scenario.

const deep = (depth: number): string => `inflight: 1\ntitle: ${"[".repeat(depth)}${"]".repeat(depth)}`;
const REFUSED: [string, string, RegExp][] = [
  ["a bomb", `text=${pack(Buffer.alloc(40_000_000, 32))}`, /unpacks to more than 131072 bytes \(SCENARIO_BYTES_MAX\)/],
  ["a bomb as a run", `scenario=first-steps/a-mug-eventually&run=${pack(Buffer.alloc(40_000_000, 32))}`, /unpacks to more than 1048576 bytes \(RUN_BYTES_MAX\)/],
  ["10,000 lists inside each other", `text=${pack(deep(10_000))}`, /nested too deep|not closed/],
  ["64,001 characters", `text=1.${"A".repeat(63_995)}`, /longer than 64000 characters \(LINK_CHARS_MAX\)/],
  ["another format", "text=2.abc", /it has format 2, this page reads format 1/],
  ["markup", "text=1.%3Cscript%3E", /a sign that no link has/],
  ["an unknown option", "scenario=first-steps/a-mug-eventually&pannel=knobs", /did you mean `panel`\?/],
  ["a giant number", `text=${pack(GUEST_BOOK.replace("max: 9 }", "max: 99999999999999999999 }"))}`, /this is not a whole number/],
  ["60,000 values", `text=${pack(`inflight: 1\ntitle: [${"1,".repeat(60_000)}1]`)}`, /too many values/],
  ["a deed of nobody", `scenario=first-steps/a-mug-eventually&run=${pack('seed: 1\nat: 0ms\ndeeds:\n  - { after: 0, at: 0ms, reload: "Mallory" }\n')}`, /Nobody in the scenario is called `Mallory`/],
];

test("what is no link is refused with its own sentence, and at once", async ({ page }) => {
  await open(page);
  await pause(page);
  for (const [what, fragment, sentence] of REFUSED) {
    const took = await page.evaluate(async (fragment) => {
      const began = performance.now();
      location.hash = fragment;
      while (!document.querySelector("dialog[open]")) await new Promise((next) => setTimeout(next, 1));
      return performance.now() - began;
    }, fragment);
    await expect(report(page), what).toContainText(sentence);
    await report(page).getByRole("button", { name: "Back to what runs" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(title(page), what).toHaveText("A mug, eventually");
    test.info().annotations.push({ type: "refusal", description: `${what}: ${took.toFixed(0)} ms` });
    // The goal is 100 ms; a machine that builds beside gets patience.
    expect(took, what).toBeLessThan(1_500);
  }
});

test("an endless chain stops, says so, and the page goes on", async ({ page }) => {
  await open(page);
  const endless = GUEST_BOOK.replace("kind: topic, delay: 500ms", "kind: topic, delay: 0ms").replace(
    "        - upsert: entries[msg.entry]\n          set: { text: =msg.text, ink: =msg.ink }",
    "        - after: 0ms\n          send: Signed\n          with: { entry: =msg.entry, text: =msg.text, ink: =msg.ink }",
  );
  await paste(page, endless);
  await page.getByRole("button", { name: "Sign the book" }).click();
  await expect(page.getByText(/endless chain|without end|at one instant/i).first()).toBeVisible();
  await page.getByRole("button", { name: "Help" }).click();
  await expect(page.getByRole("dialog", { name: "Help" })).toBeVisible();
});

// ---- Nothing is replaced without a question.

test("a link that comes while somebody works waits, and can be left", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK);
  await page.evaluate((it) => void (location.hash = it), `text=${pack(GUEST_BOOK.replace("A guest book", "Another book"))}`);
  await expect(offered(page)).toContainText("Another book");
  await expect(offered(page)).toContainText("Somebody signs, and the wall shows it a little later.");
  await expect(offered(page)).toContainText("takes the place of “A guest book”");
  const before = await millis(page);
  await expect.poll(() => millis(page), "what runs goes on").toBeGreaterThan(before);
  await offered(page).getByRole("button", { name: "Leave it" }).click();
  await expect(title(page)).toHaveText("A guest book");
});

test("signs that hide or turn others around are seen", async ({ page }) => {
  await open(page);
  await paste(page, GUEST_BOOK.replace("title: A guest book", 'title: "safe\\u202Elmth.exe\\u200B"'));
  await expect(title(page)).toHaveText("safe\ufffdlmth.exe\ufffd");
  await expect(page).toHaveTitle(/^safe\ufffdlmth/);
  expect(await details(page).innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
});

test("a title of 121 letters is refused with its bound", async ({ page }) => {
  await open(page);
  await fill(page, GUEST_BOOK.replace("title: A guest book", `title: ${"x".repeat(121)}`));
  await expect(report(page)).toContainText("at most 120 characters (LABEL_CHARS_MAX)");
});
