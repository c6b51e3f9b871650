import type { CallInput } from '../../../contract/index.ts';
import type { StoreView } from '../../../contract/models.ts';
import type {
  ImportProblem,
  ImportRow,
  ImportVerdict,
  ProxyDetails,
  ProxyView,
} from '../../../contract/proxies.ts';

/** A row of a list with what the person decided about it. */
export interface ImportItem {
  readonly row: ImportRow;
  /** The row as it stood in the list. */
  readonly source: string;
  /** What the person wrote in the place of an ill row; null: nothing. */
  readonly corrected: string | null;
  /** Which reading of an ambiguous row it is; null: not decided. */
  readonly picked: number | null;
  /** The stores that are to leave by it. */
  readonly storeIds: readonly number[];
  /** The person left it out. */
  readonly leftOut: boolean;
}

/** What stands in the preview for a row, once everything decided so far is counted in. */
export interface JudgedItem extends ImportItem {
  readonly verdict: ImportVerdict;
  /** Null in `wrong` and `ambiguous`. */
  readonly details: ProxyDetails | null;
  readonly problem: ImportProblem | null;
  readonly proxyId: number | null;
  readonly changes: readonly (keyof ProxyDetails)[];
  /** It will be saved. */
  readonly taken: boolean;
}

/** What makes two proxies the same one. */
export const keyOf = ({ host, port, username }: Pick<ProxyView, 'host' | 'port' | 'username'>): string =>
  `${host.toLowerCase()} ${port} ${username}`;

/** Rows as the engine read them. A store that rows name twice is with the first. */
export function itemsOf(rows: readonly ImportRow[]): ImportItem[] {
  const given = new Set<number>();
  return rows.map((row) => {
    const storeIds = row.storeIds.filter((id) => !given.has(id));
    for (const id of storeIds) given.add(id);
    return { row, source: row.source, corrected: null, picked: null, storeIds, leftOut: false };
  });
}

/** The rows of a list that was read again: what was decided about those that still stand there stays. */
export function carryOver(before: readonly ImportItem[], next: readonly ImportItem[]): ImportItem[] {
  const known = new Map(before.map((item) => [item.row.row, item]));
  return next.map((item) => {
    const old = known.get(item.row.row);
    if (old?.source !== item.source) return item;
    const picked = old.picked !== null && old.picked < item.row.readings.length ? old.picked : null;
    return { ...item, corrected: old.corrected, picked, storeIds: old.storeIds, leftOut: old.leftOut };
  });
}

const compared = ['protocol', 'name', 'provider', 'tag', 'note', 'country', 'expiresAt'] as const;

/** What a picked reading would change of the proxy that is there; a password given counts as another one. */
function changesOf(details: ProxyDetails, known: ProxyView): (keyof ProxyDetails)[] {
  const differing: (keyof ProxyDetails)[] = compared.filter((field) => details[field] !== known[field]);
  return details.password === '' ? differing : [...differing, 'password'];
}

function settled(item: ImportItem, known: ReadonlyMap<string, ProxyView>): Omit<JudgedItem, 'taken'> {
  const { row, picked } = item;
  const reading = row.verdict === 'ambiguous' && picked !== null ? row.readings[picked] : undefined;
  if (reading === undefined) {
    const { verdict, details, problem, proxyId, changes } = row;
    return { ...item, verdict, details, problem, proxyId, changes };
  }
  const there = known.get(keyOf(reading));
  const changes = there === undefined ? [] : changesOf(reading, there);
  const verdict = there === undefined ? 'new' : changes.length === 0 ? 'duplicate' : 'changed';
  return { ...item, verdict, details: reading, problem: null, proxyId: there?.id ?? null, changes };
}

/**
 * Every row with its verdict. What the engine could not see is seen here: a reading that was picked or a row that was
 * corrected may be the same proxy as another row.
 */
export function judge(items: readonly ImportItem[], proxies: readonly ProxyView[]): JudgedItem[] {
  const known = new Map(proxies.map((proxy) => [keyOf(proxy), proxy]));
  const seen = new Set<string>();
  return items.map((item) => {
    const judged = settled(item, known);
    const { details, verdict } = judged;
    if (details === null) return { ...judged, taken: false };
    const key = keyOf(details);
    if (seen.has(key)) {
      return { ...judged, verdict: 'wrong', details: null, problem: 'twice-in-list', taken: false };
    }
    seen.add(key);
    // Saving what is there already changes nothing: only a store that is to leave by it does.
    const hasEffect = verdict !== 'duplicate' || item.storeIds.length > 0;
    return { ...judged, taken: hasEffect && !item.leftOut };
  });
}

/** How many rows there are of each verdict. */
export function countVerdicts(items: readonly JudgedItem[]): Record<ImportVerdict, number> {
  const counts: Record<ImportVerdict, number> = { new: 0, duplicate: 0, changed: 0, ambiguous: 0, wrong: 0 };
  for (const { verdict } of items) counts[verdict] += 1;
  return counts;
}

type Decided = CallInput<'proxies.import'>['rows'][number];

/** Only what says something: a list of many thousand rows is long enough. */
function short(details: ProxyDetails): Decided['details'] {
  const { protocol, host, port, ...rest } = details;
  const said = Object.entries(rest).filter(([, value]) => value !== '' && value !== null);
  return { protocol, host, port, ...Object.fromEntries(said) };
}

/** What is to be saved. */
export function decided(items: readonly JudgedItem[]): Decided[] {
  return items.flatMap(({ taken, details, proxyId, storeIds }) =>
    taken && details !== null
      ? [
          {
            details: short(details),
            proxyId,
            ...(storeIds.length > 0 ? { storeIds: [...storeIds] } : {}),
          },
        ]
      : [],
  );
}

type Accounts = ReadonlyMap<number, Pick<StoreView, 'accountId'>>;

/** Gives stores to rows. An account leaves by one proxy: its stores go away from every other row. */
export function withStores(
  items: readonly ImportItem[],
  given: ReadonlyMap<number, readonly number[]>,
  stores: Accounts,
): ImportItem[] {
  const accountOf = (id: number): number | string => stores.get(id)?.accountId ?? `store ${id}`;
  const moved = new Set([...given.values()].flat().map(accountOf));
  return items.map((item) => {
    const own = given.get(item.row.row);
    if (own !== undefined) return { ...item, storeIds: own };
    const kept = item.storeIds.filter((id) => !moved.has(accountOf(id)));
    return kept.length === item.storeIds.length ? item : { ...item, storeIds: kept };
  });
}

/** The first of these rows that can be saved and have no store get these stores, one each, in order. */
export function inOrder(
  items: readonly JudgedItem[],
  storeIds: readonly number[],
): Map<number, readonly number[]> {
  const free = items.filter(({ details, leftOut, storeIds: own }) => {
    return details !== null && !leftOut && own.length === 0;
  });
  return new Map(
    storeIds.slice(0, free.length).flatMap((id, index) => {
      const item = free[index];
      return item === undefined ? [] : [[item.row.row, [id]] as const];
    }),
  );
}
