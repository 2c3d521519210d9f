// What holds before and around the lab: the policy, the words for a start that fails, and being away.

import { chromium } from "./chromium.mjs";
import { ROOTS, expect, open, test, type Page } from "./fixtures";
import { claims, confirmedAndKept, millis, openQuietly, openTab, paste, pause, placeOrder, screenOf, setSpeed } from "./person";
import { BUSY } from "./texts";

const words = (page: Page) => page.locator("#boot-words");

/** Goes to the page that will not start; gives what it says. */
async function fails(page: Page, path = "/"): Promise<string> {
  await page.goto(path);
  await expect(words(page)).not.toHaveText(/Loading|could not start\.$/);
  return words(page).innerText();
}

test.describe("the policy", () => {
  test.use({ expected: [/Content Security Policy|Refused to|violates the following/] });

  test("lets nothing run that does not lie in the page's own folder", async ({ page, request }) => {
    const html = await (await request.get("/")).text();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!;
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<script"));
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/]{43}='; style-src 'self'; /,
    );
    await open(page);
    const ran = await page.evaluate(async () => {
      const ran: string[] = [];
      Object.assign(globalThis, { ran });
      const place = document.createElement("div");
      document.body.append(place);
      place.innerHTML = `<img src="x:" onerror="ran.push('handler of an image')">
        <svg onload="ran.push('handler of a picture')"></svg>
        <iframe srcdoc="<script>parent.ran.push('frame')</script>"></iframe>
        <a id="bad" href="javascript:ran.push('address')">x</a>
        <p id="styled" style="color: rgb(1, 2, 3)">x</p>`;
      const script = document.createElement("script");
      script.textContent = "ran.push('script')";
      place.append(script);
      const foreign = document.createElement("script");
      foreign.src = "data:text/javascript,ran.push('foreign script')";
      place.append(foreign);
      document.getElementById("bad")!.click();
      // Later: what a test does at once is beyond the policy.
      setTimeout(() => {
        for (const evil of [() => eval("ran.push('eval')"), () => new Function("ran.push('function')")()]) {
          try { evil(); } catch { /* It is refused. */ }
        }
      });
      await fetch("https://example.org/").catch(() => 0);
      await new Promise((done) => setTimeout(done, 300));
      const color = getComputedStyle(document.getElementById("styled")!).color;
      if (color === "rgb(1, 2, 3)") ran.push("style");
      place.remove();
      return ran;
    });
    expect(ran).toEqual([]);
  });
});

test.describe("a start that fails says why, at once", () => {
  test.use({ expected: [/./] });

  const wasm = /_bg\.wasm$/;

  for (const root of ROOTS) {
    test(`the wasm is missing under ${root}`, async ({ page }) => {
      await page.route(wasm, (route) => route.fulfill({ status: 404, body: "not found" }));
      expect(await fails(page, root)).toMatch(/page-\w+_bg\.wasm is missing at the host: 404/);
    });
  }

  test("the wasm is cut off", async ({ page }) => {
    await page.route(wasm, async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.body()).subarray(0, 100_000) });
    });
    expect(await fails(page)).toMatch(/is cut off or another one: 100000 bytes of \d{6,}/);
  });

  test("a changed wasm is not run", async ({ page }) => {
    await page.route(wasm, async (route) => {
      const answer = await route.fetch();
      const body = await answer.body();
      body[body.length - 1]! ^= 1;
      await route.fulfill({ response: answer, body });
    });
    expect(await fails(page)).toMatch(/could not start/);
  });

  test("the network has gone", async ({ page }) => {
    await page.route(wasm, (route) => route.abort());
    expect(await fails(page)).toMatch(/There is no way to .*_bg\.wasm: is there a network\?/);
  });

  test("the glue is missing", async ({ page }) => {
    await page.route(/page-\w+\.js$/, (route) => route.fulfill({ status: 500, body: "" }));
    expect(await fails(page)).toMatch(/page-\w+\.js is missing at the host: 500/);
  });

  test("there is no WebAssembly", async ({ page }) => {
    await page.addInitScript("delete globalThis.WebAssembly");
    expect(await fails(page)).toMatch(/too old for Inflight: it needs .*Firefox 125.*WebAssembly/);
  });

  test("there are no new styles", async ({ page }) => {
    await page.addInitScript("CSS.supports = () => false");
    expect(await fails(page)).toMatch(/too old for Inflight: it needs .*new styles/);
  });

  test("WebAssembly is blocked", async ({ page }) => {
    await page.addInitScript(`for (const name of ["instantiate", "instantiateStreaming", "compile"])
      WebAssembly[name] = async () => { throw new WebAssembly.CompileError("disallowed by embedder"); };`);
    expect(await fails(page)).toMatch(/WebAssembly is blocked here, or too old: disallowed by embedder/);
  });

  test("it takes less than a second to say so", async ({ page }) => {
    await page.route(wasm, (route) => route.fulfill({ status: 404, body: "not found" }));
    await page.addInitScript(`addEventListener("DOMContentLoaded", () => {
      new MutationObserver(([{ target }]) => {
        if (/could not start/.test(target.textContent)) globalThis.said ??= performance.now();
      }).observe(document.getElementById("boot-words"), { childList: true });
    });`);
    await fails(page);
    const took = await page.evaluate(() => {
      const asked = performance.getEntriesByType("resource").find((it) => it.name.endsWith("_bg.wasm"));
      return (globalThis as any).said - (asked as PerformanceResourceTiming).responseEnd;
    });
    test.info().annotations.push({ type: "milliseconds from the failure to the words", description: took.toFixed(0) });
    expect(took).toBeLessThan(1_000);
  });
});

test("a host that does not know the type of wasm serves the page as well", async ({ page }) => {
  await page.route(/_bg\.wasm$/, async (route) => {
    const answer = await route.fetch();
    const headers = { ...answer.headers(), "content-type": "application/octet-stream" };
    await route.fulfill({ response: answer, headers });
  });
  await open(page);
});

test("without scripts, the page says that they are off, and only that", async ({ playwright, server }) => {
  // Switched off in the browser: what tests can switch off by themselves leaves `noscript` out.
  const args = ["--no-sandbox", "--disable-gpu", "--blink-settings=scriptEnabled=false"];
  const browser = await playwright.chromium.launch({ executablePath: chromium(), args });
  const page = await browser.newPage();
  const tree = await page.context().newCDPSession(page);
  await page.goto(server);
  const { nodes } = await tree.send("Accessibility.getFullAXTree");
  const read = nodes.filter((it) => !it.ignored).map((it) => it.name?.value).join(" ");
  expect(read).toContain("JavaScript is switched off");
  expect(read).not.toContain("too old");
  await browser.close();
});

test("browsers that cannot read the shell find words for them in the page", async ({ request }) => {
  const html = await (await request.get("/")).text();
  expect(html).toMatch(/<p id="boot-words"[^>]*>This browser is too old for Inflight: it needs [^<]+<\/p>/);
});

test.describe("being away", () => {
  test("ten minutes asleep are no jump, and nothing is caught up", async ({ page }) => {
    await page.clock.install();
    await open(page);
    await page.clock.runFor(1_000);
    const before = await millis(page);
    expect(before).toBeGreaterThan(0);
    await page.clock.fastForward("10:00");
    await page.clock.runFor(100);
    expect((await millis(page)) - before).toBeLessThan(2_000);
  });

  test("a frozen page stands still, and goes on where it stood", async ({ page, context }) => {
    await open(page);
    await expect.poll(() => millis(page)).toBeGreaterThan(200);
    const browser = await context.newCDPSession(page);
    await browser.send("Page.setWebLifecycleState", { state: "frozen" });
    await new Promise((done) => setTimeout(done, 3_000));
    const told = "document.querySelector('output').textContent";
    const before = Number.parseFloat((await browser.send("Runtime.evaluate", { expression: told })).result.value);
    await browser.send("Page.setWebLifecycleState", { state: "active" });
    const after = (await millis(page)) / 1000;
    expect(after - before).toBeLessThan(1);
    await expect.poll(() => millis(page)).toBeGreaterThan(before * 1000);
  });

  test("who goes away and back finds the same run at the same instant", async ({ page }) => {
    await openQuietly(page);
    const ana = screenOf(page, "Ana");
    await placeOrder(ana).click();
    await page.getByRole("button", { name: "Play", exact: true }).click();
    const there = await confirmedAndKept(page, ana);
    await page.goto("about:blank");
    await page.goBack();
    await expect.poll(() => millis(page)).toBe(there);
    await expect(claims(ana)).toContainText(["Confirmed"]);
    await page.reload();
    await expect.poll(() => millis(page)).toBe(there);
  });

  test("who loads a link again finds what the link says", async ({ page }) => {
    await open(page, "/#scenario=published/mm1");
    await page.getByRole("button", { name: "Pause" }).click();
    await page.waitForTimeout(1_000);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("One counter, one line");
    await expect(page.getByRole("button", { name: "Pause" })).toBeVisible();
  });
});

test.describe("a run that is far too busy", () => {
  // A tenth of a second is the goal, and what a quiet machine does; here is only told whether it answers at all.
  /** The longest time in which nothing was answered, and how long it took from a click until it had its effect. */
  const watch = (page: Page, name: string) =>
    page.evaluate(async (name) => {
      let [last, longest] = [performance.now(), 0];
      const looks = setInterval(() => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
      }, 1);
      await new Promise((done) => setTimeout(done, 2_000));
      const button = [...document.querySelectorAll("button")].find((it) => it.textContent!.includes(name))!;
      const began = performance.now();
      await new Promise((done) => setTimeout(done, 0));
      button.click();
      while (button.isConnected) await new Promise((done) => setTimeout(done, 0));
      clearInterval(looks);
      return { longest, answer: performance.now() - began };
    }, name);

  test("pausing takes a moment", async ({ page }) => {
    await open(page);
    await paste(page, BUSY);
    await setSpeed(page, "100×");
    const { longest, answer } = await watch(page, "Pause");
    test.info().annotations.push({ type: "longest silence, answer, ms", description: `${longest.toFixed(0)}, ${answer.toFixed(0)}` });
    expect(answer).toBeLessThan(300);
  });

  test("a long way can be ended at any time", async ({ page }) => {
    await open(page);
    await paste(page, BUSY);
    await pause(page);
    await openTab(page, "Knobs");
    const slider = page.getByRole("slider", { name: "Playhead" });
    await slider.fill(await slider.getAttribute("max").then((it) => it!));
    await expect(page.getByText(/^On the way to 10\.000 s/)).toBeVisible();
    const { longest, answer } = await watch(page, "Stop");
    test.info().annotations.push({ type: "longest silence, answer, ms", description: `${longest.toFixed(0)}, ${answer.toFixed(0)}` });
    expect(answer).toBeLessThan(300);
    const there = await millis(page);
    expect(there).toBeLessThan(10_000);
    await page.waitForTimeout(300);
    expect(await millis(page)).toBe(there);
  });
});
