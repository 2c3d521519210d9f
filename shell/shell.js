// The shell: plain script that is there before the lab and is still there when the lab is gone.
//
// It owns the start, the words for a start that fails, and the screen after a crash. It promises that the page is
// never blank, and that after the first sign of a crash nothing of the lab goes on. It refuses to know what a
// scenario is: the lab keeps texts here, and gets them back after a reload.
//
// It stands in the head of index.html, so that it cannot be missing and nothing waits for a style sheet, and is plain
// enough for the browsers of 2017, which get their own words. Browsers that cannot read it show what index.html says.

var shell = (() => {
  const $ = (id) => document.getElementById(id);
  const page = document.documentElement.dataset;
  const ready = new Promise((done) => addEventListener("DOMContentLoaded", done));
  const say = (words) => ready.then(() => ($("boot-words") || {}).textContent = words);

  // ---- What comes through a reload. What somebody chose after a crash lies in the history's entry, which no browser
  // refuses. That is too late for whoever just goes: what was open lies in the tab's storage, if the browser gives one.

  // What the lab has left here: the link to itself, the scenario's text, a draft, and whether it plays.
  const kept = {};
  const leave = (state, address) => history.replaceState(state, "", address);
  const before = history.state || {};
  const visit = performance.getEntriesByType("navigation")[0];
  leave(null);
  const tab = (value) => {
    try {
      const key = "inflight.away " + location.pathname;
      return value ? sessionStorage[key] = JSON.stringify(value) : JSON.parse(sessionStorage[key]);
    } catch (_) { /* There is none, or nothing in it. */ }
  };
  // Who comes back finds what was there; who comes anew, or loads a link again, finds what the address says.
  const away = tab();
  for (const type of ["pagehide", "visibilitychange"]) addEventListener(type, () => dead || tab(kept));

  // ---- The start.

  const lacks = () => {
    try {
      return WebAssembly.validate && DecompressionStream && HTMLDialogElement.prototype.showModal
        && CSS.supports("selector(&)") && CSS.supports("color", "light-dark(red,red)") ? "" : "new styles";
    } catch (error) {
      return error.message;
    }
  };

  // The wasm is held against its hash before it is used. Some hosts do not know its type.
  const fetched = async () => {
    const wasm = await fetch(page.wasm, { integrity: page.integrity });
    return /^application.wasm/.test(wasm.headers.get("content-type")) ? wasm : wasm.arrayBuffer();
  };

  const start = async (glue, wasm) => {
    if (missing) return;
    try {
      const [{ default: init }, module_or_path] = await Promise.all([glue, wasm, ready]);
      await init({ module_or_path });
      if (page.offline) setTimeout(() => import(page.offline).catch(isTrap), 1000);
    } catch (error) {
      if (isTrap(error)) crash(error.message, error);
      if (dead) return;
      // At once; why, as soon as it is known.
      say("Inflight could not start.");
      say("Inflight could not start. " + await trouble(error));
    }
  };

  // Asks for the files a second time, to tell why they could not be used.
  const trouble = async (error) => {
    if (error instanceof WebAssembly.CompileError) return "WebAssembly is blocked here, or too old: " + error.message;
    for (const url of page.glue ? [page.glue, page.wasm] : []) {
      const answer = await fetch(url, { cache: "reload" }).catch(() => 0);
      if (!answer) return "There is no way to " + url + ": is there a network?";
      if (!answer.ok) return url + " is missing at the host: " + answer.status;
      const { byteLength } = await answer.arrayBuffer().catch(() => 0);
      if (url == page.wasm && byteLength != page.size) return url + " is cut off or another one: " + byteLength + " bytes of " + page.size;
    }
    return "Its files do not fit together: load it anew. (" + error + ")";
  };

  // ---- The crash.

  let dead;

  const isTrap = (error) => error instanceof WebAssembly.RuntimeError || /call stack|recursion/.test(error.message);
  // Mistakes of extensions are none of ours.
  const isOurs = (error) => error && (isTrap(error) || /wasm|\/page-/.test(error.stack));

  const crash = (message, { message: sign } = {}) => {
    if (dead) return;
    // No frame and no timer of the lab comes any more.
    for (let id = requestAnimationFrame(isOurs), n = 0; n < 99; n++) cancelAnimationFrame(id - n);
    for (let id = setTimeout(isOurs); id; id--) clearTimeout(id);
    self.requestAnimationFrame = self.setTimeout = self.setInterval = isOurs;
    const fragment = kept.link = kept.link || location.hash.slice(1);
    dead = { at: Date.now(), of: fragment.split("&run")[0] };
    const last = before.dead || {};
    dead.again = last.of == dead.of && dead.at - last.at < 60000;
    leave({ dead, back: back(dead.again) });
    // Mistakes tell the shell before they trap; what ends without a word had no memory left to say one.
    const what = /unreachable/i.test(sign) ? "It has used up its memory of 512 MiB."
      : sign ? "It went deeper than its stack reaches, or outside of its memory."
      : "It found a mistake of its own: " + message;
    $("crash-words").textContent = what;
    $("crash-again").hidden = !dead.again;
    $("crash-report").value = ["Inflight " + page.version, what, sign, navigator.userAgent].join("\n");
    // A moment later: the wasm may still be in the middle of something, and would hear of the focus that moves.
    Promise.resolve().then(() => {
      $("crash").showModal();
      $(dead.again ? "still" : "restore").focus();
      say(what);
    });
  };

  const back = (still) => Object.assign({}, kept, { still, plays: 0 });
  const reload = (state) => {
    leave(state, location.href.split("#")[0]);
    location.reload();
  };
  const tell = (words) => $("crash-told").textContent = words;

  const choices = {
    restore: () => reload({ dead, back: back(dead.again) }),
    still: () => reload({ dead, back: back(true) }),
    fresh() {
      try {
        localStorage["inflight.stopped"] = JSON.stringify(kept);
      } catch (_) {
        if (!dead.told) return dead.told = tell("Nothing can be kept in this window: save the file first, or click again.");
      }
      reload();
    },
    save() {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([kept.draft || kept.text || kept.link]));
      link.download = "scenario.yaml";
      link.click();
    },
    copy() {
      $("crash-report").select();
      tell(document.execCommand("copy") ? "Copied. Nothing of your scenario is in it." : "Copy the selected text by hand.");
    },
  };

  // First in line for what the lab could hear of. What lies behind the screen is out of reach anyway.
  for (const type of ["click", "keydown", "keyup", "input", "cancel", "close", "hashchange", "resize", "drop"]) {
    addEventListener(type, (ev) => {
      if (!dead) return;
      ev.stopImmediatePropagation();
      if (type == "cancel") ev.preventDefault();
      if (type == "close") $("crash").showModal();
      if (type == "click" && choices[ev.target.id]) choices[ev.target.id]();
    }, true);
  }
  const sign = (ev, error) => dead ? ev.preventDefault() : isOurs(error) && crash(error.message, error);
  addEventListener("error", (ev) => sign(ev, ev.error));
  addEventListener("unhandledrejection", (ev) => sign(ev, ev.reason));

  const missing = lacks();
  say(missing ? "This browser is too old for Inflight: it needs Chrome or Edge 123, Firefox 125, Safari 17.5, or newer. (" + missing + ")" : "Loading…");
  if (!missing && page.glue) start(import(page.glue), fetched());

  return {
    back: before.back || visit && (visit.type == "back_forward" || document.wasDiscarded
      || visit.type == "reload" && !location.hash) && away,
    kept, crash, start, texts: {},
  };
})();
