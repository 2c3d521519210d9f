// A static host as plain as they come: the release page under "/" and under a sub-path, compressed
// when the browser accepts it, no special headers. Run as a program: `node server.mjs [port]`.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

/** Every path the same page must work under. */
export const ROOTS = ["/", "/any/sub/path/"];

/** The release page. */
export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Starts the server on a free port, or the given one, and resolves to its address and its end. */
export async function serve(port = 0, folder = DIST) {
  const compressed = new Map();
  const server = createServer((request, response) => {
    answer(request, response, compressed, folder).catch(() => response.writeHead(404).end("not found\n"));
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const stop = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { address: `http://127.0.0.1:${server.address().port}`, stop };
}

async function answer(request, response, compressed, folder) {
  const file = fileFor(new URL(request.url, "http://host").pathname, folder);
  const body = await readFile(file);
  const headers = {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    vary: "accept-encoding",
  };
  if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
    response.writeHead(200, headers).end(body);
    return;
  }
  const version = `${file} ${(await stat(file)).mtimeMs}`;
  if (!compressed.has(version)) compressed.set(version, gzipSync(body));
  response.writeHead(200, { ...headers, "content-encoding": "gzip" }).end(compressed.get(version));
}

/** The longest root wins, so that the sub-path is not looked for inside of the page. */
function fileFor(pathname, folder) {
  const root = ROOTS.findLast((root) => pathname.startsWith(root)) ?? "/";
  const below = decodeURIComponent(pathname.slice(root.length)) || "index.html";
  const file = normalize(join(folder, below));
  if (!file.startsWith(folder)) throw new Error("outside of the page");
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { address } = await serve(Number(process.argv[2] ?? 4180));
  for (const root of ROOTS) console.log(address + root);
}
