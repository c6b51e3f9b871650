import type { Db } from '../db/database.ts';

/** Statements on the search index. A row's id is `id * 4 + kind`. */
export function prepareSearch(db: Db) {
  return {
    insert: db.prepare<[rowId: number, grams: string]>('INSERT INTO search (rowid, grams) VALUES (?, ?)'),
    remove: db.prepare<[rowId: number]>('DELETE FROM search WHERE rowid = ?'),
    match: db
      .prepare<[query: string, limit: number], number>(
        'SELECT rowid >> 2 FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?',
      )
      .pluck(),
  };
}
