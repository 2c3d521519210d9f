// How the browser tests run: in an installed Chromium, and the core in an installed Firefox, against the release page in
// dist/.

import { defineConfig } from "@playwright/test";
import { chromium } from "./chromium.mjs";
import { firefox } from "./firefox.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "test-results/files",
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 30_000,
  // Three hundred tests on a machine with other work: one that fails may show that it was that, and is named.
  retries: 1,
  expect: { timeout: 10_000 },
  // xtask reads the second one.
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    viewport: { width: 1280, height: 720 },
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "UTC",
    // The worker answers before a test could: only tests of the worker want it.
    serviceWorkers: "block",
    screenshot: "only-on-failure",
  },
  projects: [
    {
      name: "chromium",
      testIgnore: /firefox\.spec/,
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: chromium(),
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    {
      name: "firefox",
      testMatch: [/firefox\.spec/, /identity\.spec/],
      // Firefox as it is installed, not a build of Playwright's.
      use: { browserName: "firefox", channel: "moz-firefox", launchOptions: { executablePath: firefox() } },
    },
  ],
});
