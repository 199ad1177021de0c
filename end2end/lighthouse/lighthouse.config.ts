import { defineConfig } from '@playwright/test'

/** `make bench` runs this on the release binary, one page after the other, on a machine that does nothing else. */
export default defineConfig({
  testDir: '.',
  outputDir: '../results/lighthouse',
  workers: 1,
  timeout: 300_000,
  reporter: 'list',
})
