import { defineConfig } from '@playwright/test';
import { findBrowser } from './src/hosting/find-browser.ts';

const executablePath = findBrowser();

export default defineConfig({
  testDir: 'src/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './src/e2e/build-first.ts',
  outputDir: 'test-results/e2e',
  // Each test starts its own host, engine and sandbox; two at once fill a two-core machine.
  workers: 2,
  fullyParallel: true,
  // Generous: what is slow on a busy machine is slow, not broken.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  retries: 0,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'Asia/Singapore',
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
