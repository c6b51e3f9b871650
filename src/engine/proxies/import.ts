import { CodedError } from '../../base/errors.ts';
import type { ProxyDetails } from '../../contract/proxies.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { Db } from '../db/database.ts';
import type { Binding } from './binding.ts';
import { canonicalHost, type ProxyEdits } from './edit.ts';
import { prepareProxies, prepareUses } from './queries.ts';
import { keyOf } from './verdict.ts';

type Decided = HandlerInput<'proxies.import'>['rows'][number];

/** What an import did. */
export interface Imported {
  readonly added: number;
  readonly changed: number;
  readonly bound: number;
  /** Whose connections must be made anew. */
  readonly accountIds: readonly number[];
}

interface ImportInput {
  readonly db: Db;
  readonly edits: ProxyEdits;
  readonly binding: Pick<Binding, 'set' | 'accountsBy'>;
  readonly now: () => number;
}

/**
 * Saves the decided rows of a list in one transaction. Throws `conflict` with the row that does not fit the desk as it is
 * now, or another row; nothing is saved then.
 */
export function createImport({
  db,
  edits,
  binding,
  now,
}: ImportInput): (rows: readonly Decided[]) => Imported {
  const proxies = prepareProxies(db);
  const uses = prepareUses(db);

  const save = (row: number, { details, proxyId }: Decided, touched: Set<number>): number => {
    if (proxyId === null) {
      if (isOver(details, now())) throw conflict(row, 'expired');
      return edits.add(details) ?? fail(row, 'exists');
    }
    const before = proxies.get.get(proxyId) ?? fail(row, 'gone');
    if (keyOf(before) !== keyOf({ ...details, host: canonicalHost(details.host) }))
      throw conflict(row, 'other');
    if (before.expiresAt !== details.expiresAt && isOver(details, now())) throw conflict(row, 'expired');
    if (edits.change(before, said(details))) for (const id of binding.accountsBy(proxyId)) touched.add(id);
    return proxyId;
  };

  const all = db.transaction((rows: readonly Decided[]): Imported => {
    const touched = new Set<number>();
    const seen = new Set<string>();
    const proxyOf = new Map<number, number>();
    let bound = 0;
    for (const [row, decided] of rows.entries()) {
      const key = keyOf({ ...decided.details, host: canonicalHost(decided.details.host) });
      if (seen.has(key)) throw conflict(row, 'twice');
      seen.add(key);
      const proxyId = save(row, decided, touched);
      for (const storeId of decided.storeIds) {
        const accountId = uses.accountOf.get(storeId) ?? fail(row, 'no-store');
        if ((proxyOf.get(accountId) ?? proxyId) !== proxyId) throw conflict(row, 'two-proxies');
        proxyOf.set(accountId, proxyId);
        bound += 1;
      }
    }
    for (const [accountId, proxyId] of proxyOf) {
      binding.set([accountId], proxyId);
      touched.add(accountId);
    }
    const added = rows.filter(({ proxyId }) => proxyId === null).length;
    return { added, changed: rows.length - added, bound, accountIds: [...touched] };
  });
  return (rows) => all.immediate(rows);
}

/** Texts that say nothing leave what is there. */
function said({ expiresAt, protocol, ...rest }: ProxyDetails): Partial<ProxyDetails> {
  const given = Object.entries(rest).filter(([, value]) => value !== '' && value !== null);
  return { ...Object.fromEntries(given), protocol, expiresAt };
}

function isOver({ expiresAt }: ProxyDetails, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

function fail(row: number, reason: string): never {
  throw conflict(row, reason);
}

function conflict(row: number, reason: string): CodedError {
  return new CodedError('conflict', `Row ${row} of the import no longer fits`, { reason, row });
}
