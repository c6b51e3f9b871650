import { expect, test } from 'vitest';
import type { Machine } from './find-browser.ts';
import { findStoreBrowser } from './store-browser.ts';

const machine = (env: NodeJS.ProcessEnv, ...paths: string[]): Machine => ({
  platform: 'linux',
  env: { PATH: '/usr/bin', ...env },
  isExecutable: (path) => paths.includes(path),
});
const [SHELL, CHROMIUM] = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

test('with a display it is one that has windows', () => {
  const found = { path: CHROMIUM, isWindowed: true };
  expect(findStoreBrowser(machine({ DISPLAY: ':0' }, SHELL, CHROMIUM))).toEqual(found);
  expect(findStoreBrowser(machine({ DISPLAY: ':0' }, SHELL))).toBeNull();
});

test('without one, any will do', () => {
  expect(findStoreBrowser(machine({}, SHELL, CHROMIUM))).toEqual({ path: SHELL, isWindowed: false });
  expect(findStoreBrowser(machine({}))).toBeNull();
});
