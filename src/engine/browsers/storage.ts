import type { BrowserContext, Page } from 'playwright-core';
import type { StorageState } from './session-file.ts';

type OriginState = StorageState['origins'][number];

export const EMPTY_STATE: StorageState = { cookies: [], origins: [] };

/** A page that does not answer keeps nothing waiting for longer. Milliseconds. */
const ANSWER_MS = 3_000;

/**
 * Everything a context keeps that can be kept: cookies, local storage, IndexedDB. Opens a page of its own for a moment,
 * so it is asked when the store's pages go.
 */
export function readAll(context: BrowserContext): Promise<StorageState> {
  return context.storageState({ indexedDB: true });
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
    const { entries } = await within(session.send('DOMStorage.getDOMStorageItems', { storageId }));
    await session.detach();
    return { origin, localStorage: entries.map(([name = '', value = '']) => ({ name, value })) };
  } catch {
    return null;
  }
}

function within<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The page does not answer')), ANSWER_MS).unref();
  });
  return Promise.race([promise, late]);
}
