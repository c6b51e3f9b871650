import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversationFilterSchema, type ConversationFilter } from '../../contract/conversations.ts';
import { conversationStates, platformIds, type ConversationRow } from '../../contract/models.ts';
import { tempDb } from '../../testing/temp-engine.ts';
import { createSearch } from '../search/search.ts';
import { createKeywordSearch } from './keyword.ts';
import { prepareCounts, prepareList } from './list-queries.ts';
import { createLists, type ConversationLists } from './list.ts';

const STORES = 12;
const CONVERSATIONS = 300;
const sites = ['SG', 'MY', 'TH'];
let temp: ReturnType<typeof tempDb>;
let lists: ConversationLists;
let all: ConversationRow[];
const groupOf = (storeId: number): number | null => (storeId % 4 === 0 ? 1 : null);

/** Repeats; in [0, below). */
function dice(): (below: number) => number {
  let state = 11;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

beforeAll(() => {
  temp = tempDb();
  const { db } = temp;
  const roll = dice();
  const search = createSearch(db);
  db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'e', 'E'); INSERT INTO store_groups VALUES (1, 'Best', 1);
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'A', 'k', 0)`);
  for (let id = 1; id <= STORES; id += 1) {
    const name = `Shop number ${id}`;
    db.prepare(
      `INSERT INTO stores (id, account_id, platform, site, remote_id, name, group_id, created_at) VALUES (?, 1, ?, ?, ?, ?, ?, 0)`,
    ).run(id, platformIds[id % 3], sites[id % 2 === 0 ? 0 : id % 3], String(id), name, groupOf(id));
    search.index('store', id, name);
  }
  for (let id = 1; id <= CONVERSATIONS; id += 1) {
    const storeId = 1 + roll(STORES);
    const state = conversationStates[roll(4)];
    const name = `Buyer ${['Ana', 'Somchai', '小明'][roll(3)]} ${id}`;
    db.prepare(`INSERT INTO buyers (id, store_id, remote_id, name) VALUES (?, ?, ?, ?)`).run(
      id,
      storeId,
      String(id),
      name,
    );
    search.index('buyer', id, name);
    const [waiting, unread, failed, at] = [
      state === 'needs-reply' ? roll(50) : null,
      roll(3),
      roll(9) === 0 ? 1 : 0,
      roll(80),
    ];
    db.prepare(
      `INSERT INTO conversations (id, store_id, connection, remote_id, buyer_id, state, waiting_since, unread, failed, last_at, created_at)
       VALUES (?, ?, 'api', ?, ?, ?, ?, ?, ?, ?, 0)`,
    ).run(id, storeId, String(id), id, state, waiting, unread, failed, at);
    const text = ['Where is my parcel', 'ราคาเท่าไหร่', 'Terima kasih'][roll(3)] ?? '';
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, text, created_at)
         VALUES (?, ?, 'api', ?, 'buyer', 'text', ?, ?, ?, 0)`,
      )
      .run(id, storeId, `m${id}`, at, at, text);
    db.prepare('UPDATE conversations SET last_message_id = ? WHERE id = ?').run(lastInsertRowid, id);
    search.index('message', Number(lastInsertRowid), text);
  }
  lists = createLists(db, createKeywordSearch(db, search));
  all = lists.list({ filter: conversationFilterSchema.parse({}), sort: 'newest', limit: 2000 }).list.rows;
});
afterAll(() => temp.close());

/** What a filter means, said plainly, but for the state and trouble views. */
function fits(row: ConversationRow, filter: ConversationFilter): boolean {
  const texts = [row.buyerName, row.storeName, row.last?.text ?? ''].map((text) => text.toLowerCase());
  return (
    (filter.platforms.length === 0 || filter.platforms.includes(row.platform)) &&
    (filter.sites.length === 0 || filter.sites.includes(row.site)) &&
    (filter.storeIds.length === 0 || filter.storeIds.includes(row.storeId)) &&
    (filter.groupId === null || groupOf(row.storeId) === filter.groupId) &&
    (!filter.unread || row.unread > 0) &&
    (filter.keyword === '' || texts.some((text) => text.includes(filter.keyword.toLowerCase())))
  );
}

const filters = fc.record({
  state: fc.option(fc.constantFrom(...conversationStates)),
  platforms: fc.subarray([...platformIds]),
  sites: fc.subarray([...sites, 'XX']),
  storeIds: fc.uniqueArray(fc.integer({ min: 1, max: STORES + 1 }), { maxLength: 6 }),
  groupId: fc.option(fc.constantFrom(1, 2), { freq: 2 }),
  unread: fc.boolean(),
  trouble: fc.boolean(),
  keyword: fc.constantFrom('', '', '', 'parcel', 'ราคา', 'somchai', '明', 'number 7', 'nobody'),
});

test('every filter, count and order is what it says', () => {
  expect(all).toHaveLength(CONVERSATIONS);
  fc.assert(
    fc.property(
      filters,
      fc.constantFrom('waiting' as const, 'newest' as const),
      fc.integer({ min: 1, max: 400 }),
      (filter, sort, limit) => {
        const { list } = lists.list({ filter, sort, limit });
        const fitting = all.filter((row) => fits(row, filter));
        const inView = (row: ConversationRow): boolean =>
          (filter.state === null || row.state === filter.state) && (!filter.trouble || row.failed > 0);
        const wait = (row: ConversationRow): number => (sort === 'waiting' ? (row.waitingSince ?? 1e9) : 0);
        const expected = fitting
          .filter(inView)
          .toSorted((a, b) => wait(a) - wait(b) || b.lastAt - a.lastAt || a.id - b.id)
          .map((row) => row.id);
        expect(list.rows.map((row) => row.id)).toEqual(expected.slice(0, limit));
        expect(list.total).toBe(expected.length);
        expect(list.counts).toEqual({
          ...Object.fromEntries(
            conversationStates.map((state) => [state, fitting.filter((row) => row.state === state).length]),
          ),
          all: fitting.length,
          trouble: fitting.filter((row) => row.failed > 0).length,
        });
      },
    ),
    { numRuns: 400 },
  );
});

/** The plan of a prepared statement; its text is missing from the package's types. */
const planOf = (statement: object): string => {
  const { source } = statement as { source: string };
  const named = Object.fromEntries([...source.matchAll(/@(\w+)/g)].map((match) => [match[1], null]));
  const steps = temp.db.prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${source}`).all(named);
  return steps.map((step) => step.detail).join('; ');
};

test('the list is read by its indexes: no sort where it walks an order, counts without touching the rows', () => {
  for (const ways of Object.values(prepareList(temp.db))) {
    for (const walk of ['none', 'many', 'noneInState', 'manyInState'] as const) {
      const plan = planOf(ways[walk]);
      expect(plan).toMatch(/(SEARCH|SCAN) conversations USING INDEX conversations_by_/);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  }
  const counts = prepareCounts(temp.db);
  for (const statement of [counts.all, counts.stores]) {
    expect(planOf(statement)).toContain('USING COVERING INDEX conversations_counted');
  }
});

const withKeyword = (keyword: string, from: ConversationLists = lists) =>
  from.list({ filter: conversationFilterSchema.parse({ keyword }), sort: 'newest', limit: 2000 }).list;

test('with a keyword each row shows the newest message that holds it, with its place', () => {
  const { rows } = withKeyword('PARCEL');
  expect(rows.length).toBeGreaterThan(0);
  for (const { match, last } of rows) {
    expect(last?.text).toBe('Where is my parcel');
    expect(match?.text.slice(match.from, match.to)).toBe('parcel');
  }
  expect(withKeyword('somchai').rows.every((row) => row.match === null)).toBe(true);
  expect(all.every((row) => row.match === null)).toBe(true);
});

test('more hits than are looked at: the counts say that they are the least there is', () => {
  const few = createLists(temp.db, createKeywordSearch(temp.db, createSearch(temp.db), 5));
  expect(withKeyword('parcel')).toMatchObject({ isLowerBound: false });
  expect(withKeyword('parcel', few)).toMatchObject({ isLowerBound: true, total: 5 });
  expect(withKeyword('nobody', few)).toMatchObject({ isLowerBound: false, total: 0 });
});
