// What is done once the lab is up: the page is kept for the time without a network, and whoever looks at it is told
// of a new version and of what a crash has left.
//
// It promises that nothing changes under a running page: a new version waits until somebody asks for it. It refuses
// to know which files there are (worker.js does).

const STOPPED = "inflight.stopped";
const workers = reachable();

/** What keeps the page for the time without a network; a frame that may keep nothing may not even ask for it. */
function reachable() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

/** Says something at the lower edge, with one thing to do about it. */
function notice(words, act, doing) {
  const said = document.createElement("p");
  said.className = "notice";
  said.setAttribute("role", "status");
  document.body.append(said);
  // A moment later than its place: screen readers tell what changes.
  const span = document.createElement("span");
  span.textContent = words;
  said.append(span, button(act, () => doing(span)), button("Not now", () => said.remove()));
  return said;
}

function button(words, doing) {
  const it = document.createElement("button");
  it.className = "button";
  it.textContent = words;
  it.onclick = doing;
  return it;
}

/** What was open when somebody chose to start fresh after a crash. */
function offerWhatStopped() {
  let text = null;
  try {
    text = localStorage.getItem(STOPPED);
  } catch {
    // Nothing is kept in such a window.
  }
  if (!text) return;
  notice("What was open when Inflight stopped is kept.", "Open it", () => {
    localStorage.removeItem(STOPPED);
    history.replaceState({ back: { ...JSON.parse(text), still: true } }, "", location.href.split("#")[0]);
    location.reload();
  });
}

/** Tells of a version that waits, and lets it take the place of this one when that is wanted. */
function offer(waiting) {
  return notice("A new version of Inflight is ready.", "Change to it", (words) => {
    workers.onmessage = ({ data }) => {
      const one = "One more window shows Inflight: close it first.";
      words.textContent = data === 1 ? one : `${data} more windows show Inflight: close them first.`;
    };
    // What is open comes back after the reload.
    workers.oncontrollerchange = () => {
      history.replaceState({ back: shell.kept }, "");
      location.reload();
    };
    waiting.postMessage("take over");
  });
}

async function keepForLater() {
  const registration = await workers.register("worker.js", { updateViaCache: "none" });
  let told, said;
  const look = () => {
    const { waiting } = registration;
    if (!waiting || waiting === told || !workers.controller) return;
    // Of two that have come, the first waits no more.
    said?.remove();
    said = offer((told = waiting));
  };
  registration.onupdatefound = () => registration.installing?.addEventListener("statechange", look);
  look();
}

offerWhatStopped();
// Browsers have no workers on pages from a disk, and none without encryption: there it works with a network only.
if (workers) keepForLater().catch(() => {});
