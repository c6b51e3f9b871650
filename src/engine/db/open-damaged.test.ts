import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { flipBytes, flipPage, pagesByClass } from '../../testing/broken-database.ts';
import { fillDesk } from '../../testing/full-desk.ts';
import { migrationsDir, tempDir } from '../../testing/temp-engine.ts';
import { applyMigrations } from './migrate.ts';
import { readMigrations } from './migrations-folder.ts';
import { openDamaged, readVersion } from './open-damaged.ts';
import { openDatabase } from './open.ts';

let folder: ReturnType<typeof tempDir>;
let path: string;
beforeEach(() => {
  folder = tempDir();
  path = join(folder.path, 'a.db');
  const db = openDatabase(path);
  applyMigrations(db, readMigrations(migrationsDir), () => 0);
  fillDesk(db);
  db.close();
});
afterEach(() => folder.remove());

test('rows before the first break are read, and no more', () => {
  const leaves = pagesByClass(path).get('leaf table') ?? [];
  flipPage(path, leaves[Math.floor(leaves.length / 2)] ?? 0);
  const db = openDamaged(path);
  const rows = db?.rows('SELECT id, text FROM messages NOT INDEXED ORDER BY id') ?? [];
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.length).toBeLessThan(1600);
  expect(rows[0]).toMatchObject({ id: 1 });
  expect(db?.rows('SELECT * FROM no_such_table')).toEqual([]);
  db?.close();
});

test('of what is no database nothing is read', () => {
  expect(readVersion(path)).toBe(readMigrations(migrationsDir).length);
  flipBytes(path, 0, 64);
  expect(readVersion(path)).toBeNull();
  writeFileSync(path, '');
  expect(readVersion(path)).toBeNull();
  expect(openDamaged(join(folder.path, 'none.db'))).toBeNull();
});
