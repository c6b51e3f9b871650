import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's names first: the headless shell opens pages about four times faster than a whole browser. */
const LINUX_NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'Chromium.app/Contents/MacOS/Chromium',
];
const WINDOWS_PATHS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
];
const HEADLESS_ONLY = 'chromium-headless-shell';

/** What the search looks at; tests give their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  isExecutable(path: string): boolean;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const thisMachine: Machine = { platform: process.platform, env: process.env, isExecutable };

function candidates({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    return WINDOWS_PATHS.flatMap((path) => roots.map((root) => `${root}\\${path}`));
  }
  if (platform === 'darwin') {
    const roots = [
      '/Applications',
      ...(env['HOME'] === undefined ? [] : [join(env['HOME'], 'Applications')]),
    ];
    return MAC_APPS.flatMap((path) => roots.map((root) => join(root, path)));
  }
  const folders = (env['PATH'] ?? '/usr/bin').split(delimiter);
  return LINUX_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The path of a browser of the Chromium family on this machine, or undefined.
 * `COUNTERDESK_BROWSER` names one by hand. With `windowed` the headless shell does not count.
 */
export function findBrowser({ windowed = false, machine = thisMachine } = {}): string | undefined {
  const named = machine.env['COUNTERDESK_BROWSER'];
  if (named !== undefined && named !== '') return machine.isExecutable(named) ? named : undefined;
  return candidates(machine).find(
    (path) => !(windowed && path.endsWith(HEADLESS_ONLY)) && machine.isExecutable(path),
  );
}
