import type { ProxyView } from '../../contract/proxies.ts';
import { fold } from '../stores/fuzzy.ts';
import {
  addressOf,
  conditionOf,
  countryOf,
  isSpare,
  nameOf,
  nearnessOf,
  type Condition,
} from './condition.ts';
import { endsKey, type EndsKey } from './ends.ts';

/** What the board may be narrowed to, beside words, provider, tag and end. */
export const boardKinds = ['all', 'ends-soon', 'not-working', 'spare'] as const;
export type BoardKind = (typeof boardKinds)[number];

/** Columns the board can be ordered by. */
export type BoardColumn =
  'name' | 'protocol' | 'country' | 'egress' | 'latency' | 'stores' | 'provider' | 'tag' | 'ends' | 'state';

/** What the board shows. Empty texts and nulls narrow nothing. */
export interface BoardFilter {
  readonly text: string;
  readonly kind: BoardKind;
  readonly provider: string | null;
  readonly tag: string | null;
  readonly ends: EndsKey | null;
}

export interface BoardSort {
  readonly by: BoardColumn;
  readonly down: boolean;
}

/** What is known beside the proxies. */
export interface BoardAround {
  readonly now: number;
  /** A store's name and site, for the search. */
  readonly storeText: (storeId: number) => string;
}

/** Whether a proxy is of a kind. What has ended is both: it ends no more, and carries nothing. */
export function isOfKind(proxy: ProxyView, kind: BoardKind, now: number): boolean {
  if (kind === 'all') return true;
  if (kind === 'spare') return isSpare(proxy, now);
  const condition = conditionOf(proxy, now);
  if (kind === 'not-working') return condition !== 'works' && condition !== 'unchecked';
  return condition === 'ended' || ['day', 'three', 'week'].includes(nearnessOf(proxy.expiresAt, now));
}

/** How many proxies are of each kind. */
export function countKinds(proxies: readonly ProxyView[], now: number): Record<BoardKind, number> {
  const count = (kind: BoardKind): number => proxies.filter((proxy) => isOfKind(proxy, kind, now)).length;
  return {
    all: proxies.length,
    'ends-soon': count('ends-soon'),
    'not-working': count('not-working'),
    spare: count('spare'),
  };
}

const ownText = new WeakMap<ProxyView, string>();

/** What a proxy is found by, folded; kept, for every key typed asks for it. */
function searchText(proxy: ProxyView): string {
  const known = ownText.get(proxy);
  if (known !== undefined) return known;
  const { name, username, provider, tag, note, protocol, country, check } = proxy;
  const seen = [check?.egressV4, check?.egressV6, check?.country, check?.city];
  const text = fold(
    [name, addressOf(proxy), username, provider, tag, note, protocol, country, ...seen]
      .filter((part) => part != null && part !== '')
      .join(' '),
  );
  ownText.set(proxy, text);
  return text;
}

const wordsOf = (text: string): string[] => fold(text).split(/\s+/u).filter(Boolean);

/** Whether every word typed stands somewhere in what is known of a proxy. */
export function isFound(proxy: ProxyView, text: string): boolean {
  const own = searchText(proxy);
  return wordsOf(text).every((word) => own.includes(word));
}

function keepFilter(filter: BoardFilter, { now, storeText }: BoardAround): (proxy: ProxyView) => boolean {
  const words = wordsOf(filter.text);
  return (proxy) => {
    if (!isOfKind(proxy, filter.kind, now)) return false;
    if (filter.provider !== null && proxy.provider !== filter.provider) return false;
    if (filter.tag !== null && proxy.tag !== filter.tag) return false;
    if (filter.ends !== null && endsKey(proxy, now) !== filter.ends) return false;
    if (words.length === 0) return true;
    const own = searchText(proxy);
    const missing = words.filter((word) => !own.includes(word));
    if (missing.length === 0) return true;
    const stores = fold(proxy.storeIds.map(storeText).join(' '));
    return missing.every((word) => stores.includes(word));
  };
}

const conditions: readonly Condition[] = ['ended', 'failing', 'disabled', 'unchecked', 'works'];

/** What a proxy is ordered by in a column; null where nothing is known. */
function keyFor(column: BoardColumn, now: number): (proxy: ProxyView) => string | number | null {
  switch (column) {
    case 'name':
      return nameOf;
    case 'country':
      return countryOf;
    case 'egress':
      return ({ check }) => check?.egressV4 ?? check?.egressV6 ?? null;
    case 'latency':
      return ({ check }) => check?.latencyMs ?? null;
    case 'stores':
      return ({ storeIds }) => -storeIds.length;
    case 'ends':
      return ({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY;
    case 'state':
      return (proxy) => conditions.indexOf(conditionOf(proxy, now));
    case 'protocol':
    case 'provider':
    case 'tag':
      return (proxy) => (proxy[column] === '' ? null : proxy[column]);
  }
}

const texts = new Intl.Collator(undefined, { numeric: true });

type Key = string | number | null;

/** What is not known comes last whichever way the column is ordered. */
function compareKeys(a: Key, b: Key, down: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (a === b) return 0;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : texts.compare(String(a), String(b));
  return down ? -order : order;
}

/** The proxies the board shows, in its order. */
export function buildBoard(
  proxies: readonly ProxyView[],
  filter: BoardFilter,
  sort: BoardSort,
  around: BoardAround,
): ProxyView[] {
  const keyOf = keyFor(sort.by, around.now);
  return proxies
    .filter(keepFilter(filter, around))
    .map((proxy) => ({ proxy, key: keyOf(proxy) }))
    .sort((a, b) => compareKeys(a.key, b.key, sort.down) || a.proxy.id - b.proxy.id)
    .map(({ proxy }) => proxy);
}

/** The providers or tags there are, by name, with how many proxies each has. */
export function namesOf(
  proxies: readonly ProxyView[],
  what: 'provider' | 'tag',
): { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { [what]: name } of proxies) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => texts.compare(a.name, b.name));
}
