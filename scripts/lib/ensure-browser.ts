import { findBrowser } from '../../src/hosting/find-browser.ts';
import { canInstall, installDebian } from './debian.ts';

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
  if (canInstall()) await installDebian(DEBIAN_PACKAGES);
  const installed = findBrowser();
  if (installed === undefined) throw new Error(INSTRUCTION);
  return installed;
}
