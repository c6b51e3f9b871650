import type { BrowserProgram, BrowserView } from '../contract/browsers.ts';

/** A store's browser as a page shows it: closed, signed in, its shop proved, unless told otherwise. */
export function sampleBrowser(given: Partial<BrowserView> & Pick<BrowserView, 'accountId'>): BrowserView {
  return {
    storeIds: [given.accountId],
    state: 'closed',
    signIn: { status: 'signed-in', since: 1, checkedAt: 2 },
    shop: { proof: 'proved', storeId: given.accountId },
    hasSession: true,
    error: null,
    ...given,
  };
}

/** A browser that shows windows. */
export const sampleProgram: BrowserProgram = {
  name: 'Chromium',
  version: '156.0.1',
  isWindowed: true,
  memory: 300 * 1024 * 1024,
  memoryCap: 2048 * 1024 * 1024,
};
