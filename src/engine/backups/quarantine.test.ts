import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tempDir } from '../../testing/temp-engine.ts';
import { lookAside } from './quarantine.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => folder.remove());

test('says how much room all that was put aside takes', () => {
  expect(lookAside(join(folder.path, 'none'))).toBeNull();
  expect(lookAside(folder.path)).toBeNull();
  for (const name of ['a', 'b']) {
    mkdirSync(join(folder.path, name));
    writeFileSync(join(folder.path, name, 'counterdesk.db'), 'x'.repeat(70));
    writeFileSync(join(folder.path, name, 'counterdesk.db-wal'), 'x'.repeat(30));
  }
  expect(lookAside(folder.path)).toEqual({ folder: folder.path, bytes: 200 });
});
