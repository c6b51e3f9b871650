import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { tempDb } from '../../testing/temp-engine.ts';

const engine = fileURLToPath(new URL('..', import.meta.url));
const files = globSync('**/*queries.ts', { cwd: engine }).sort();

test('features have query files', () => {
  expect(files).toContain(join('stores', 'queries.ts'));
});

test.each(files)('every statement of %s fits the schema', async (file) => {
  const module = (await import(pathToFileURL(join(engine, file)).href)) as Record<string, unknown>;
  const prepares = Object.entries(module).filter(([name]) => name.startsWith('prepare'));
  expect(prepares.map(([name]) => name)).not.toEqual([]);
  const temp = tempDb();
  try {
    for (const [, prepare] of prepares) {
      if (typeof prepare === 'function') prepare(temp.db);
    }
  } finally {
    temp.close();
  }
});
