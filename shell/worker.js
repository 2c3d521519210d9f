// Serves the page when there is no network.
//
// `cargo xtask build` writes two lines before this file: VERSION, and FILES, the hash of every file by its address.
// It promises all or nothing: a version is there as a whole or not at all. It answers for these files only, and never
// takes another version's place while a page shows that one. Without FILES it takes itself away: that is how a host
// gets rid of it for good.

const SCOPE = self.registration.scope;
const PREFIX = `inflight ${SCOPE} `;
const CACHE = PREFIX + VERSION;

/** One file of this version, checked; from the browser's own cache if that holds the right one. */
async function load(cache, [name, integrity]) {
  const address = new URL(name, SCOPE);
  const get = (mode) => fetch(address, { integrity, cache: mode, credentials: "same-origin" });
  const answer = await get("default").catch(() => get("reload"));
  if (!answer.ok || answer.redirected) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer);
}

async function install() {
  const cache = await caches.open(CACHE);
  try {
    // One after the other: the page that somebody is looking at meanwhile needs the processor more.
    for (const file of Object.entries(FILES)) await load(cache, file);
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function forgetOthers(isOther) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && isOther(name)).map((name) => caches.delete(name)));
}

async function activate() {
  if (!FILES) {
    await forgetOthers(() => true);
    await self.registration.unregister();
    return;
  }
  await forgetOthers((name) => name !== CACHE);
  // Only the first version gets here while pages are open that nobody serves: they have just been loaded.
  await self.clients.claim();
}

/** A new version comes when somebody has asked for it, and no other window would be left with half of the old one. */
async function takeOver(client) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (windows.length > 1) client.postMessage(windows.length - 1);
  else await self.skipWaiting();
}

async function answer(request, address) {
  const cache = await caches.open(CACHE);
  // Without this, a file that the browser has thrown away would be gone for good.
  return (await cache.match(address)) ?? fetch(request);
}

self.addEventListener("install", (event) => {
  if (FILES) event.waitUntil(install());
  else self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver(event.source));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (!FILES || request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const name = request.url.slice(SCOPE.length).replace(/[?#].*$/, "").replace(/^index\.html$/, "");
  if (Object.hasOwn(FILES, name || "./")) event.respondWith(answer(request, new URL(name || "./", SCOPE)));
});
