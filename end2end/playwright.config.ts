import { defineConfig } from '@playwright/test'

/** Chromium is the system's own: Playwright downloads nothing. */
const chromium = {
  executablePath: process.env.E2E_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}

export default defineConfig({
  testDir: 'specs',
  outputDir: 'results',
  fullyParallel: true,
  workers: 2,
  // A machine under load must not hold a change back; what went well only the second time is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    launchOptions: chromium,
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'hydrated', testIgnore: /specs\/plain\// },
    { name: 'plain', testMatch: /specs\/plain\//, use: { javaScriptEnabled: false } },
  ],
})
