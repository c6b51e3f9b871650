import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDb } from '../../testing/temp-engine.ts';
import { forgetStatistics, steadyPlan } from './steady-plans.ts';

let temp: ReturnType<typeof tempDb>;
beforeEach(() => (temp = tempDb()));
afterEach(() => temp.close());

test('a plus stands before every compared parameter, and nowhere else', () => {
  expect(steadyPlan('SELECT 1 FROM t WHERE a = ? AND b<=@upTo AND c IS NOT ? LIMIT ? OFFSET @skip')).toBe(
    'SELECT 1 FROM t WHERE a = +? AND b<=+@upTo AND c IS NOT +? LIMIT +? OFFSET +@skip',
  );
  const insert = 'INSERT INTO t (a, b) VALUES (?, @b) ON CONFLICT (a) DO UPDATE SET b = excluded.b';
  expect(steadyPlan(insert)).toBe(insert);
  expect(steadyPlan(steadyPlan('a = ?'))).toBe('a = +?');
});

test('values of every type are found as without it, and by their index', () => {
  const { db } = temp;
  db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT, number INTEGER, bytes BLOB);
    CREATE INDEX t_by_word ON t (word, number);
    INSERT INTO t VALUES (1, '10', 10, x'0a'), (2, NULL, NULL, NULL)`);
  const find = (where: string, ...values: unknown[]): unknown[] =>
    db
      .prepare<unknown[], number>(`SELECT id FROM t WHERE ${where}`)
      .pluck()
      .all(...values);
  expect(find('word = ?', '10')).toEqual([1]);
  // The column's own type still decides.
  expect(find('number = ?', '10')).toEqual([1]);
  expect(find('bytes = ?', Buffer.from([10]))).toEqual([1]);
  expect(find('word IS ?', null)).toEqual([2]);
  const plan = db.prepare<unknown[], { detail: string }>(
    'EXPLAIN QUERY PLAN SELECT id FROM t WHERE word = ? AND number > ? ORDER BY number LIMIT ?',
  );
  expect(plan.all('10', 1, 1).map((step) => step.detail)).toEqual([
    'SEARCH t USING COVERING INDEX t_by_word (word=? AND number>?)',
  ]);
});

test('what an ANALYZE found changes no plan once it is forgotten', () => {
  const { db } = temp;
  db.pragma('foreign_keys = OFF');
  db.exec(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
    INSERT INTO messages (conversation_id, store_id, connection, remote_id, author, kind, at, sort_at, created_at)
      SELECT i, 1, 'api', i, 'buyer', 'text', i, i, i FROM n;
    ANALYZE`);
  // As a database opened anew sees it: no own message yet, so every client id is null.
  const plan = (): string =>
    db
      .prepare<[string], { detail: string }>(
        'EXPLAIN QUERY PLAN SELECT * FROM messages m LEFT JOIN media ON media.id = m.media_id WHERE client_id = ?',
      )
      .all('own')
      .map((step) => step.detail)[0] ?? '';
  expect(plan()).toMatch(/^SCAN/);
  forgetStatistics(db);
  expect(plan()).toMatch(/^SEARCH m USING INDEX sqlite_autoindex_messages_1/);
});
