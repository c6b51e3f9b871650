import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempDir } from '../testing/temp-engine.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { createAppWindow } from './app-window.ts';

// Node refuses a browser's arguments at once; the other one isn't there at all.
it.each([process.execPath, '/nowhere/chromium'])(
  'a window that could not be opened is no reason to end: the address works all the same (%s)',
  async (browser) => {
    const folder = tempDir();
    const clock = fakeClock(0);
    const warnings: string[] = [];
    let closed = 0;
    const appWindow = createAppWindow({
      browser,
      profileDir: join(folder.path, 'app-window'),
      clock,
      log: { info: () => {}, warn: (event) => warnings.push(event), error: () => {} },
      onClosed: () => (closed += 1),
    });
    appWindow.open('http://127.0.0.1:9/');
    await waitUntil('the browser is gone', () => warnings.length === 1);
    clock.advanceAtOnce(60_000);
    expect(closed).toBe(0);

    appWindow.setPages(1);
    appWindow.setPages(0);
    clock.advanceAtOnce(60_000);
    expect(closed).toBe(1);
    folder.remove();
  },
);
