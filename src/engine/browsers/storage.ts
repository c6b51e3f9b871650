import type { BrowserContext, Page } from 'playwright-core';
import type { StorageState } from './session-file.ts';

type OriginState = StorageState['origins'][number];

export const EMPTY_STATE: StorageState = { cookies: [], origins: [] };

/** A page that does not answer keeps nothing waiting for longer. Milliseconds. */
const ANSWER_MS = 2_000;
/** To read everything of all its pages. Milliseconds. */
const WHOLE_MS = 4_000;

/** What was read of a context; `isWhole`: IndexedDB too. */
export interface ReadState {
  readonly state: StorageState;
  readonly isWhole: boolean;
}

/**
 * Everything a context keeps that can be kept: cookies, local storage, IndexedDB. Opens a page of its own for a moment,
 * so it is asked when the store's pages go. Where a page does not let it (it never answers, or keeps what can't be
 * written down), it is what can be read without asking pages.
 */
export async function readAll(context: BrowserContext, before: StorageState): Promise<ReadState> {
  try {
    return { state: await within(context.storageState({ indexedDB: true }), WHOLE_MS), isWhole: true };
  } catch {
    return { state: await readQuickly(context, before), isWhole: false };
  }
}

/** Cookies and the local storage of what is open, over what was read before: nothing of it is seen on the screen. */
export async function readQuickly(context: BrowserContext, before: StorageState): Promise<StorageState> {
  const cookies = await context.cookies();
  const read = await Promise.all(context.pages().map((page) => localStorageOf(context, page)));
  const now = new Map(read.flatMap((one) => (one === null ? [] : [[one.origin, one.localStorage] as const])));
  const origins = before.origins.map((origin): OriginState => {
    const localStorage = now.get(origin.origin) ?? origin.localStorage;
    now.delete(origin.origin);
    return { ...origin, localStorage };
  });
  const added = [...now].flatMap(([origin, localStorage]): OriginState[] =>
    localStorage.length === 0 ? [] : [{ origin, localStorage }],
  );
  return { cookies, origins: [...origins, ...added] };
}

async function localStorageOf(context: BrowserContext, page: Page): Promise<OriginState | null> {
  const origin = URL.parse(page.url())?.origin;
  if (origin === undefined || !origin.startsWith('http')) return null;
  try {
    // Read beside the page's scripts, which can put anything in the place of `localStorage`.
    const session = await within(context.newCDPSession(page));
    const storageId = { securityOrigin: origin, isLocalStorage: true };
    const asked = within(session.send('DOMStorage.getDOMStorageItems', { storageId }));
    const { entries } = await asked.finally(() => void session.detach().catch(() => {}));
    return { origin, localStorage: entries.map(([name = '', value = '']) => ({ name, value })) };
  } catch {
    return null;
  }
}

function within<T>(promise: Promise<T>, ms = ANSWER_MS): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The page does not answer')), ms).unref();
  });
  promise.catch(() => {});
  return Promise.race([promise, late]);
}

/** The same without what a page may have kept in a form that can't be put back. */
export function withoutDatabases(state: StorageState): StorageState {
  return {
    ...state,
    origins: state.origins.map(({ origin, localStorage }) => ({ origin, localStorage })),
  };
}
