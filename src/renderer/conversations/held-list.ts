import type { ConversationRow } from '../../contract/models.ts';

/** What decides where a row stands in any list. */
type Placed = Pick<ConversationRow, 'id' | 'lastAt' | 'waitingSince'>;

/** The list as it is shown: the engine's, or while it is held still, the one before with what changed in its rows. */
export interface HeldList<T extends Placed> {
  readonly rows: readonly T[];
  /** Shown although the engine's list no longer holds them. */
  readonly leftIds: ReadonlySet<number>;
  /** Conversations with news since the list last was the engine's. Only grows while it is held. */
  readonly news: ReadonlySet<number>;
  /** How many conversations the pill speaks of: 0 when letting go would change no row's place. */
  readonly waiting: number;
  /** What the rows' places went by when the list last was the engine's. */
  readonly stamps: ReadonlyMap<number, string>;
}

const none: ReadonlySet<number> = new Set();
/** Nothing shown yet. */
export const emptyList = { rows: [], leftIds: none, news: none, waiting: 0, stamps: new Map() } as const;

const stampOf = (row: Placed): string => `${row.waitingSince ?? ''} ${row.lastAt}`;
const stampsOf = (rows: readonly Placed[]): Map<number, string> =>
  new Map(rows.map((row) => [row.id, stampOf(row)]));

/** Where the open row goes in a list that does not hold it: beside the neighbour that has not moved. */
function placeOfOpen<T extends Placed>(shown: HeldList<T>, fresh: readonly T[], index: number): number {
  const still = new Map<number, number>();
  fresh.forEach((row, at) => {
    if (shown.stamps.get(row.id) === stampOf(row)) still.set(row.id, at);
  });
  for (let above = index - 1; above >= 0; above -= 1) {
    const at = still.get(shown.rows[above]?.id ?? 0);
    if (at !== undefined) return at + 1;
  }
  for (let below = index + 1; below < shown.rows.length; below += 1) {
    const at = still.get(shown.rows[below]?.id ?? 0);
    if (at !== undefined) return at;
  }
  return Math.min(index, fresh.length);
}

/** The engine's rows as they are. The open conversation stays where it was, though the filter no longer holds it. */
export function settled<T extends Placed>(
  shown: HeldList<T>,
  fresh: readonly T[],
  open: T | null,
): HeldList<T> {
  const stamps = stampsOf(fresh);
  const index = open === null ? -1 : shown.rows.findIndex((row) => row.id === open.id);
  if (open === null || index < 0 || stamps.has(open.id))
    return { rows: fresh, leftIds: none, news: none, waiting: 0, stamps };
  const rows = [...fresh];
  rows.splice(placeOfOpen(shown, fresh, index), 0, open);
  return { rows, leftIds: new Set([open.id]), news: none, waiting: 0, stamps };
}

/** The engine's rows, and the open conversation where a former page showed it, though the filter no longer holds it. */
export function restored<T extends Placed>(fresh: readonly T[], open: T, index: number): HeldList<T> {
  const rows = fresh.toSpliced(Math.min(index, fresh.length), 0, open);
  return { rows, leftIds: new Set([open.id]), news: none, waiting: 0, stamps: stampsOf(fresh) };
}

/** What may stand below the rows shown without moving any: whatever comes after the last of them that has no news. */
function tailOf<T extends Placed>(shown: HeldList<T>, fresh: readonly T[]): readonly T[] {
  const shownIds = new Set(shown.rows.map((row) => row.id));
  const last = fresh.findLastIndex(
    (row) => shownIds.has(row.id) && shown.stamps.get(row.id) === stampOf(row),
  );
  return fresh.slice(last + 1).filter((row) => !shownIds.has(row.id));
}

/** The list held still: what changed in a row shows, but no row shown goes or changes its place. */
export function held<T extends Placed>(shown: HeldList<T>, fresh: readonly T[], open: T | null): HeldList<T> {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const tail = tailOf(shown, fresh);
  const rows = [...shown.rows.map((row) => byId.get(row.id) ?? (row.id === open?.id ? open : row)), ...tail];
  const ids = new Set(rows.map((row) => row.id));
  const leftIds = new Set(rows.filter((row) => !byId.has(row.id)).map((row) => row.id));
  const stamps = new Map([...shown.stamps, ...stampsOf(tail)]);
  const news = new Set(shown.news);
  for (const row of fresh) if (!ids.has(row.id) || stamps.get(row.id) !== stampOf(row)) news.add(row.id);
  for (const id of leftIds) if (id !== open?.id) news.add(id);
  const next = { rows, leftIds, news, waiting: 0, stamps };
  const after = settled(next, fresh, open).rows;
  const same = after.length === rows.length && after.every((row, index) => row.id === rows[index]?.id);
  return { ...next, waiting: same ? 0 : Math.max(1, news.size) };
}
