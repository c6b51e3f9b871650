import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { StoreView } from '../../contract/models.ts';
import type { BindWarning, ProxyDetails } from '../../contract/proxies.ts';
import { client } from '../client.ts';

/** Stores that are to leave by a proxy; null: directly. */
export interface Move {
  readonly storeIds: readonly number[];
  readonly proxyId: number | null;
}

/** What a move would bring about. */
export interface MoveWarning extends BindWarning {
  readonly proxyId: number | null;
}

/** Questions asked of the engine at once. */
const AT_ONCE = 8;

/** Runs a task for each, some at a time, and stops at the first that fails. Answers how many were done, and why not all. */
export async function forEachCall<T>(
  all: readonly T[],
  task: (one: T) => Promise<Result<unknown>>,
): Promise<{ readonly done: number; readonly error: ErrorShape | null }> {
  let done = 0;
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const answers = await Promise.all(all.slice(from, from + AT_ONCE).map(task));
    for (const answer of answers) if (answer.ok) done += 1;
    const failed = answers.find((answer) => !answer.ok);
    if (failed?.ok === false) return { done, error: failed.error };
  }
  return { done, error: null };
}

/** What these moves would bring about; nothing is done. */
export async function weighMoves(moves: readonly Move[]): Promise<Result<readonly MoveWarning[]>> {
  const warnings: MoveWarning[][] = moves.map(() => []);
  const { error } = await forEachCall([...moves.entries()], async ([index, { storeIds, proxyId }]) => {
    const answer = await client.call('proxies.weigh', { storeIds: [...storeIds], proxyId });
    if (answer.ok) warnings[index] = answer.value.warnings.map((warning) => ({ ...warning, proxyId }));
    return answer;
  });
  return error === null ? { ok: true, value: warnings.flat() } : { ok: false, error };
}

/** Makes the moves, one after another; answers why not all could be made, or null. */
export async function makeMoves(moves: readonly Move[]): Promise<ErrorShape | null> {
  for (const { storeIds, proxyId } of moves) {
    const answer = await client.call('proxies.bind', { storeIds: [...storeIds], proxyId });
    if (!answer.ok) return answer.error;
  }
  return null;
}

/** Changes the same of many proxies. */
export function changeProxies(
  proxyIds: readonly number[],
  change: { readonly details?: Partial<ProxyDetails>; readonly disabled?: boolean },
): Promise<{ readonly done: number; readonly error: ErrorShape | null }> {
  const { details = {}, disabled } = change;
  return forEachCall(proxyIds, (proxyId) =>
    client.call('proxies.change', {
      proxyId,
      change: details,
      ...(disabled === undefined ? {} : { disabled }),
    }),
  );
}

/** Stores of the same accounts: an account leaves by one proxy, so they move along. */
export function moveAlong(
  storeIds: readonly number[],
  stores: readonly Pick<StoreView, 'id' | 'accountId'>[],
): number[] {
  const accounts = new Set(
    stores.filter(({ id }) => storeIds.includes(id)).map(({ accountId }) => accountId),
  );
  return stores
    .filter(({ id, accountId }) => accounts.has(accountId) && !storeIds.includes(id))
    .map(({ id }) => id);
}

/** Proxies and stores side by side: one proxy takes all stores, several take one each, in order. */
export function pairUp(proxyIds: readonly number[], storeIds: readonly number[]): Move[] {
  const [only] = proxyIds;
  if (proxyIds.length === 1 && only !== undefined) {
    return storeIds.length === 0 ? [] : [{ storeIds, proxyId: only }];
  }
  return storeIds.slice(0, proxyIds.length).map((storeId, index) => ({
    storeIds: [storeId],
    proxyId: proxyIds[index] ?? null,
  }));
}
