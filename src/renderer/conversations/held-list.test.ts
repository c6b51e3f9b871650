import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyList, held, restored, settled, type HeldList } from './held-list.ts';

interface Row {
  readonly id: number;
  readonly lastAt: number;
  readonly waitingSince: number | null;
  readonly text: string;
}
const row = (id: number, lastAt = id, text = ''): Row => ({ id, lastAt, waitingSince: null, text });
const ids = (list: { readonly rows: readonly Row[] }): number[] => list.rows.map(({ id }) => id);
const shownOf = (...rows: Row[]): HeldList<Row> => settled<Row>(emptyList, rows, null);

it('a page opened anew shows the open conversation where it stood, until it is left', () => {
  const kept = restored([row(3), row(2), row(1)], row(7), 1);
  expect([ids(kept), [...kept.leftIds]]).toEqual([[3, 7, 2, 1], [7]]);
  const fresh = [row(4), row(3), row(2), row(1)];
  expect(ids(settled(kept, fresh, row(7)))).toEqual([4, 3, 7, 2, 1]);
  expect(ids(settled(kept, fresh, null))).toEqual([4, 3, 2, 1]);
  expect(ids(restored([row(3)], row(7), 9))).toEqual([3, 7]);
});

describe('a list held still', () => {
  it('shows what changed in a row, and counts what waits', () => {
    const shown = shownOf(row(3), row(2), row(1));
    const next = held(shown, [row(4), row(1, 9, 'news'), row(3), row(2)], null);
    expect(ids(next)).toEqual([3, 2, 1]);
    expect(next.rows[2]?.text).toBe('news');
    expect(next.waiting).toBe(2);
    expect(ids(settled(next, [row(4), row(1, 9), row(3), row(2)], null))).toEqual([4, 1, 3, 2]);
  });

  it('says nothing waits while no row would move', () => {
    const shown = shownOf(row(3), row(2));
    expect(held(shown, [row(3, 8, 'news'), row(2)], null).waiting).toBe(0);
  });

  it('lets more rows in below', () => {
    const shown = shownOf(row(5), row(4));
    const next = held(shown, [row(5), row(4), row(3), row(2)], null);
    expect(ids(next)).toEqual([5, 4, 3, 2]);
    expect(next.waiting).toBe(0);
  });

  it('keeps rows that left, and marks them', () => {
    const shown = shownOf(row(3), row(2), row(1));
    const next = held(shown, [row(3), row(1)], null);
    expect(ids(next)).toEqual([3, 2, 1]);
    expect([...next.leftIds]).toEqual([2]);
    expect(next.waiting).toBe(1);
  });
});

describe('the open conversation', () => {
  it('keeps its place when the filter no longer holds it, and goes when it is left', () => {
    const shown = shownOf(row(4), row(3), row(2), row(1));
    const kept = settled(shown, [row(4), row(2), row(1)], row(3, 3, 'answered'));
    expect(ids(kept)).toEqual([4, 3, 2, 1]);
    expect(kept.rows[1]?.text).toBe('answered');
    expect([...kept.leftIds]).toEqual([3]);
    // Its neighbour above goes to the top: it stays with the one that did not move.
    expect(ids(settled(kept, [row(2, 9), row(4), row(1)], row(3)))).toEqual([2, 4, 3, 1]);
    expect(ids(settled(kept, [row(4), row(2), row(1)], null))).toEqual([4, 2, 1]);
  });

  it('is not put into another list', () => {
    expect(ids(settled<Row>(emptyList, [row(4)], row(3)))).toEqual([4]);
  });

  it('keeps its place when it is the only one left', () => {
    const kept = settled(shownOf(row(1)), [], row(1));
    expect(ids(kept)).toEqual([1]);
    expect(ids(settled(kept, [row(7)], row(1)))).toEqual([1, 7]);
  });
});

/** A list of conversations, each once, in any order and with any news. */
const listArb = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 12 }),
    lastAt: fc.integer({ min: 0, max: 3 }),
    waitingSince: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
    text: fc.string({ maxLength: 2 }),
  }),
  { selector: ({ id }) => id, maxLength: 10 },
);
const openArb = fc.option(fc.integer({ min: 1, max: 12 }), { nil: null });

it('in any order of changes no row is lost, doubled or moved, and let go the order is the engine’s', () => {
  fc.assert(
    fc.property(
      listArb,
      fc.array(listArb, { minLength: 1, maxLength: 5 }),
      openArb,
      (first, answers, openId) => {
        let list = settled<Row>(emptyList, first, null);
        const open = first.find(({ id }) => id === openId) ?? null;
        for (const fresh of answers) {
          const before = list;
          list = held(before, fresh, open);
          // Nothing shown goes or moves; nothing stands there twice; what is known is shown as it is known.
          expect(ids(list).slice(0, before.rows.length)).toEqual(ids(before));
          expect(new Set(ids(list)).size).toBe(list.rows.length);
          for (const known of fresh) {
            const drawn = list.rows.find(({ id }) => id === known.id);
            if (drawn === undefined) expect(list.news.has(known.id)).toBe(true);
            else expect(drawn).toBe(known);
          }
          for (const id of before.news) expect(list.news.has(id)).toBe(true);

          const free = settled(list, fresh, open);
          const rest = ids(free).filter((id) => fresh.some((known) => known.id === id));
          expect(rest).toEqual(fresh.map(({ id }) => id));
          expect(free.rows.length - fresh.length).toBe(
            open !== null && !fresh.some(({ id }) => id === open.id) ? 1 : 0,
          );
          if (open !== null) expect(ids(free)).toContain(open.id);
          expect(list.waiting === 0).toBe(ids(free).join() === ids(list).join());
        }
      },
    ),
  );
});
