import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { SignInChecks } from '../../contract/browsers.ts';
import { client } from '../client.ts';
import { tell } from '../panel/tell.ts';
import { loadBrowsers } from './browsers-store.ts';
import { askAbout } from './questions-store.ts';

/** A browser may have to be started, and woken, and its page to come through a slow proxy. Milliseconds. */
export const OPEN_MS = 75_000;

/** Asks for a store's browser; answers why it could not be shown, or null. */
export async function askToOpen(storeId: number): Promise<ErrorShape | null> {
  const answer = await client.call('browsers.open', { storeId }, { timeoutMs: OPEN_MS });
  return answer.ok ? null : answer.error;
}

/** Shows a store's browser; why it could not be, and what to do about it, is said in a dialog. */
export async function openBrowser(storeId: number): Promise<void> {
  const error = await askToOpen(storeId);
  if (error !== null) askAbout({ kind: 'trouble', storeId, error });
}

/** Closes a store's browser; its session is kept. */
export async function closeBrowser(storeId: number): Promise<void> {
  tell(await client.call('browsers.close', { storeId }));
}

/** Looks whether these are signed in; null: all. Answers how far that is, or why it could not. */
export async function checkSignIns(storeIds: readonly number[] | null): Promise<Result<SignInChecks>> {
  const answer = await client.call('browsers.check', { storeIds: storeIds === null ? null : [...storeIds] });
  await loadBrowsers();
  return answer;
}

/** Looks at one store's sign-in; why that failed is said in a dialog. */
export async function checkSignIn(storeId: number): Promise<void> {
  const answer = await checkSignIns([storeId]);
  if (!answer.ok) askAbout({ kind: 'trouble', storeId, error: answer.error });
}

/** Ends the looks at sign-ins. Answers why it could not, or null. */
export async function cancelChecks(): Promise<ErrorShape | null> {
  const answer = await client.call('browsers.cancelChecks', {});
  await loadBrowsers();
  return answer.ok ? null : answer.error;
}

/** Closes the browsers of these stores, one after the other. Answers why one could not, or null. */
export async function closeBrowsers(storeIds: readonly number[]): Promise<ErrorShape | null> {
  for (const storeId of storeIds) {
    const answer = await client.call('browsers.close', { storeId });
    if (!answer.ok) return answer.error;
  }
  return null;
}
