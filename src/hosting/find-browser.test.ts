import { describe, expect, it } from 'vitest';
import { findBrowser, type Machine } from './find-browser.ts';

const machineWith = (platform: NodeJS.Platform, present: string[], env: NodeJS.ProcessEnv = {}): Machine => ({
  platform,
  env: { PATH: '/usr/local/bin:/usr/bin', HOME: '/Users/mai', PROGRAMFILES: 'C:\\Program Files', ...env },
  isExecutable: (path) => present.includes(path),
});

describe('finding a browser', () => {
  it('takes the headless shell first, and a whole browser where a window is wanted', () => {
    const machine = machineWith('linux', ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']);
    expect(findBrowser({ machine })).toBe('/usr/bin/chromium-headless-shell');
    expect(findBrowser({ machine, windowed: true })).toBe('/usr/bin/chromium');
  });

  it.each<[NodeJS.Platform, string]>([
    ['linux', '/usr/bin/microsoft-edge'],
    ['darwin', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['darwin', '/Users/mai/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['win32', 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe'],
  ])('on %s finds %s', (platform, path) => {
    expect(findBrowser({ machine: machineWith(platform, [path]) })).toBe(path);
  });

  it('takes the one named by hand, and none other if that is not there', () => {
    const machine = machineWith('linux', ['/opt/b', '/usr/bin/chromium'], { COUNTERDESK_BROWSER: '/opt/b' });
    expect(findBrowser({ machine })).toBe('/opt/b');
    const wrong = machineWith('linux', ['/usr/bin/chromium'], { COUNTERDESK_BROWSER: '/opt/gone' });
    expect(findBrowser({ machine: wrong })).toBeUndefined();
  });

  it('says when there is none', () => {
    expect(findBrowser({ machine: machineWith('linux', []) })).toBeUndefined();
  });
});
