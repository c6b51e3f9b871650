import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FeedKind } from '../contract/feeds.ts';
import type { Db } from '../engine/db/database.ts';
import { applyMigrations, pendingMigrations } from '../engine/db/migrate.ts';
import { readMigrations } from '../engine/db/migrations-folder.ts';
import { openDatabase } from '../engine/db/open.ts';
import type { Feed, Log } from '../engine/parts.ts';

/** The project's own migrations. */
export const migrationsDir = fileURLToPath(new URL('../../migrations', import.meta.url));

/** A folder of the test's own under the system's temporary one; `remove` deletes it with all that is in it. */
export function tempDir(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'counterdesk-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A real, migrated database file in a folder of its own; `close` closes and deletes both. */
export function tempDb(): { readonly db: Db; readonly dataDir: string; close(): void } {
  const folder = tempDir();
  const db = openDatabase(join(folder.path, 'counterdesk.db'));
  applyMigrations(db, pendingMigrations(db, readMigrations(migrationsDir)), () => 0);
  return {
    db,
    dataDir: folder.path,
    close: () => {
      db.close();
      folder.remove();
    },
  };
}

/** A feed that only remembers what was emitted. */
export function memoryFeed(): Feed & { readonly emitted: { kind: FeedKind; ids: readonly number[] }[] } {
  const emitted: { kind: FeedKind; ids: readonly number[] }[] = [];
  return { emitted, emit: (kind, ids = []) => void emitted.push({ kind, ids }) };
}

/** One line a `memoryLog` remembers. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly scope: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that only remembers; scopes share one list. */
export function memoryLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (scope: string): Log => {
    const write =
      (level: LogLine['level']): Log['info'] =>
      (event, fields = {}) =>
        void lines.push({ level, scope, event, fields });
    return { info: write('info'), warn: write('warn'), error: write('error'), scope: at };
  };
  return { ...at('engine'), lines };
}

/** A repeatable stand-in for random bytes: a counter, hashed by multiplication. */
export function fakeRandomBytes(seed = 1): (length: number) => Uint8Array {
  let state = seed >>> 0;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
}
