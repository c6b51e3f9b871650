import { CodedError } from '../../base/errors.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { Db } from '../db/database.ts';
import type { Binding } from './binding.ts';
import { prepareProxies, prepareUses } from './queries.ts';
import { stateOf } from './views.ts';

type Pairs = HandlerInput<'proxies.replace'>['pairs'];

interface ReplaceInput {
  readonly db: Db;
  readonly binding: Pick<Binding, 'set'>;
  readonly now: () => number;
}

/**
 * Moves the accounts of each first proxy to the one beside it, all at once: two may change places. Answers the accounts
 * that moved. Throws `not-found`, or `conflict` with the pair at fault; nothing has moved then.
 */
export function createReplace({ db, binding, now }: ReplaceInput): (pairs: Pairs) => number[] {
  const proxies = prepareProxies(db);
  const uses = prepareUses(db);

  const move = db.transaction((pairs: Pairs): number[] => {
    const seen = new Set<number>();
    const moves = pairs.map(({ from, to }, row) => {
      if (seen.has(from)) throw conflict(row, 'twice');
      seen.add(from);
      if (proxies.get.get(from) === undefined) throw missing(from);
      const next = proxies.get.get(to);
      if (next === undefined) throw missing(to);
      if (stateOf(next, now()) !== 'ready') throw conflict(row, 'not-ready');
      return { accountIds: uses.accountsOf.all(from), to };
    });
    for (const { accountIds, to } of moves) binding.set(accountIds, to);
    return moves.flatMap(({ accountIds }) => accountIds);
  });
  return (pairs) => move.immediate(pairs);
}

function missing(proxyId: number): CodedError {
  return new CodedError('not-found', `There is no proxy ${proxyId}`);
}

function conflict(row: number, reason: string): CodedError {
  return new CodedError('conflict', `Pair ${row} can't be replaced`, { reason, row });
}
