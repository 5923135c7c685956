import { defineConfig, devices } from '@playwright/test'

/**
 * Journeys in real Chromium against the production shape: `make e2e`, or `npm run e2e` with the environment that
 * `tools.stack` gives. PICTURES=folder (or `--project=pictures`) takes a picture of every screen instead.
 */
const pictures = Boolean(process.env.PICTURES) || process.argv.includes('--project=pictures')
const timed = /(losing-nothing|typing-speed|long-threads)\.spec\.ts$/

export default defineConfig({
  testDir: './e2e',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [['list'], ['html', { open: 'never' }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:8000',
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    // A service worker answers what a journey would like to: only those that are about it have one.
    serviceWorkers: 'block',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'journeys', testIgnore: ['**/pictures.spec.ts', timed] },
    // What is promised in milliseconds, one after the other when the rest is done.
    { name: 'timed', testMatch: timed, dependencies: ['journeys'], fullyParallel: false, workers: 1 },
    ...(pictures ? [{ name: 'pictures', testMatch: '**/pictures.spec.ts' }] : []),
  ],
})
