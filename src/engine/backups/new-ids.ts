import type { Db } from '../db/database.ts';
import { writeState } from '../db/engine-state.ts';
import { openDamaged } from '../db/open-damaged.ts';

/** The highest ids given, in this file or said to be given before it. */
const HIGHEST = [
  'SELECT max(id) AS id FROM conversations',
  'SELECT max(id) AS id FROM messages',
  "SELECT seq AS id FROM sqlite_sequence WHERE name = 'messages'",
  "SELECT CAST(value AS INTEGER) AS id FROM engine_state WHERE key = 'ids-after'",
];

/**
 * Data went back to an earlier moment: ids given since then are never given again. A page may still show, or ask for,
 * a conversation or message by one of them, and what was typed for one buyer must not stand under another's name.
 * Where the replaced database (at `replaced`) can't be read, the seconds since 1970 are higher than any count. Inside a
 * transaction.
 */
export function giveNewIds(db: Db, replaced: string, now: number): void {
  const old = openDamaged(replaced);
  const ids = HIGHEST.flatMap((sql) => [
    ...db.prepare<[], { id: unknown }>(sql).all(),
    ...(old?.rows(sql) ?? []),
  ]).map(({ id }) => Number(id));
  old?.close();
  const after = Math.max(...ids.filter(Number.isSafeInteger), Math.floor(now / 1000));
  writeState(db, 'ids-after', String(after));
  const { changes } = db
    .prepare<[number]>("UPDATE sqlite_sequence SET seq = ? WHERE name = 'messages'")
    .run(after);
  if (changes === 0) db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('messages', ?)").run(after);
  writeState(db, 'recovered-at', String(now));
}
