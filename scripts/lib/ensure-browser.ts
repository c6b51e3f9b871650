import { existsSync } from 'node:fs';
import { findBrowser } from '../../src/hosting/find-browser.ts';
import { say } from './project.ts';
import { runCommand } from './run-command.ts';

/** The browser, and the smallest font with Chinese: Debian's browser brings Latin, the page brings Thai. */
const DEBIAN_PACKAGES = ['chromium-headless-shell', 'fonts-wqy-microhei'];

/** One sentence for a person whose machine we may not change. */
const INSTRUCTION =
  'End-to-end tests need a browser: install Chrome, Edge or Chromium (Debian: "apt-get install chromium-headless-shell"), or name one in COUNTERDESK_BROWSER.';

/**
 * The path of a browser for tests. On Debian and as root a missing one is installed; elsewhere,
 * or when that fails, an Error says what to install.
 */
export async function ensureBrowser(): Promise<string> {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say(`No browser found; installing ${DEBIAN_PACKAGES.join(' and ')} ...`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '--no-install-recommends', ...DEBIAN_PACKAGES];
    await runCommand('apt-get', ['update', '-qq'], { env });
    await runCommand('apt-get', ['-qq', ...install], { env });
  }
  const installed = findBrowser();
  if (installed === undefined) throw new Error(INSTRUCTION);
  return installed;
}
