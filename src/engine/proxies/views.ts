import { CodedError, type ErrorShape } from '../../base/errors.ts';
import type { ProxyCheck, ProxyState, ProxyView } from '../../contract/proxies.ts';
import type { Db } from '../db/database.ts';
import { firstOfMonth } from '../../base/local-day.ts';
import { prepareBudgets } from './way-queries.ts';
import { prepareChecks, prepareProxies, prepareUses, type CheckRow, type ProxyRow } from './queries.ts';

/** Proxies as the page shows them. */
export interface ProxyViews {
  list(): ProxyView[];
  /** Throws `not-found`. */
  get(proxyId: number): ProxyView;
}

export function createProxyViews(db: Db, now: () => number): ProxyViews {
  const proxies = prepareProxies(db);
  const uses = prepareUses(db);
  const checks = prepareChecks(db);
  const budgets = prepareBudgets(db);
  const list = (): ProxyView[] => {
    const storeIds = byProxy(uses.stores.all());
    const appIds = byProxy(uses.apps.all());
    const found = checks.newest.all();
    const check = new Map(found.map((row) => [row.proxyId, toCheck(row)]));
    const same = sameEgress(found);
    const at = now();
    const used = new Map(budgets.used.all(firstOfMonth(at)).map((row) => [row.proxyId, row.used]));
    return proxies.all.all().map((row) => {
      const { id, hasPassword, hasRotation, endedAt: _, disabled: __, ...shown } = row;
      return {
        id,
        ...shown,
        hasPassword: hasPassword === 1,
        hasRotation: hasRotation === 1,
        state: stateOf(row, at),
        storeIds: storeIds.get(id) ?? [],
        appIds: appIds.get(id) ?? [],
        check: check.get(id) ?? null,
        sameEgress: same.get(id) ?? [],
        used: used.get(id) ?? 0,
      };
    });
  };
  return {
    list,
    // Which others come out at one address can only be told from all.
    get: (proxyId) => {
      const view = list().find(({ id }) => id === proxyId);
      if (view === undefined) throw new CodedError('not-found', `There is no proxy ${proxyId}`);
      return view;
    },
  };
}

/** Whether a proxy carries anything at that time. */
export function stateOf(row: Pick<ProxyRow, 'disabled' | 'endedAt' | 'expiresAt'>, now: number): ProxyState {
  if (row.disabled === 1) return 'disabled';
  const isOver = row.endedAt !== null || (row.expiresAt !== null && row.expiresAt <= now);
  return isOver ? 'ended' : 'ready';
}

function byProxy(rows: readonly { proxyId: number; id: number }[]): Map<number, number[]> {
  const ids = new Map<number, number[]>();
  for (const { proxyId, id } of rows) {
    const known = ids.get(proxyId);
    if (known === undefined) ids.set(proxyId, [id]);
    else known.push(id);
  }
  return ids;
}

/** A look as the page shows it. */
export function toCheck(row: CheckRow): ProxyCheck {
  const { proxyId: _, error, ...found } = row;
  return { ...found, error: error === null ? null : (JSON.parse(error) as ErrorShape) };
}

/** Of each proxy the others that came out at one of its addresses. */
function sameEgress(found: readonly CheckRow[]): Map<number, number[]> {
  const byAddress = Map.groupBy(
    found.flatMap(({ proxyId, egressV4, egressV6 }) =>
      [egressV4, egressV6].flatMap((address) => (address === null ? [] : [{ proxyId, address }])),
    ),
    ({ address }) => address,
  );
  const same = new Map<number, number[]>();
  for (const rows of byAddress.values()) {
    if (rows.length < 2) continue;
    for (const { proxyId } of rows) {
      const others = rows.map((row) => row.proxyId).filter((id) => id !== proxyId);
      same.set(
        proxyId,
        [...new Set([...(same.get(proxyId) ?? []), ...others])].sort((a, b) => a - b),
      );
    }
  }
  return same;
}
