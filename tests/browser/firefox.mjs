// Finds an installed Firefox; nothing here ever downloads one.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";

const PLACES = {
  darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
  win32: [join(process.env.PROGRAMFILES ?? "", "Mozilla Firefox/firefox.exe")],
};

/** The program to run: the variable FIREFOX, else the first one on the PATH or in a known place. */
export function firefox() {
  if (process.env.FIREFOX) return process.env.FIREFOX;
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = ["firefox-esr", "firefox"].flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...(PLACES[process.platform] ?? [])].find((path) => existsSync(path));
}
