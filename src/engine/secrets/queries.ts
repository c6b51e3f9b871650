import type { Db } from '../db/database.ts';

/** Statements on sealed values. */
export function prepareSecrets(db: Db) {
  return {
    read: db.prepare<[string], { sealed: Buffer }>('SELECT sealed FROM secrets WHERE name = ?'),
    write: db.prepare<[string, Uint8Array, number]>(
      `INSERT INTO secrets (name, sealed, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed, updated_at = excluded.updated_at`,
    ),
    remove: db.prepare<[string]>('DELETE FROM secrets WHERE name = ?'),
  };
}
