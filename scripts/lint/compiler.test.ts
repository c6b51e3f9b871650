import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../lib/project.ts';

const run = promisify(execFile);
/** Inside the project, so that its packages' types are found. */
const folder = join(ROOT, 'node_modules/.cache/layer-fixtures');

/** What each layer's compiler must know and must not. */
const LAYERS = [
  { layer: 'src/base', knows: ['Map'], not: ['process', 'Buffer', 'document', 'setTimeout'] },
  { layer: 'src/contract', knows: ['Map'], not: ['process', 'Buffer', 'document', 'fetch'] },
  { layer: 'src/wire', knows: ['Map'], not: ['process', 'Buffer', 'document', 'WebSocket'] },
  { layer: 'src/channels', knows: ['Buffer'], not: ['document', 'window'] },
  { layer: 'src/engine', knows: ['process'], not: ['document', 'window'] },
  { layer: 'src/hosting', knows: ['process'], not: ['document', 'window'] },
  { layer: 'src/webhost', knows: ['process'], not: ['document', 'window'] },
  { layer: 'src/sandbox', knows: ['process'], not: ['document', 'window'] },
  { layer: 'src/renderer', knows: ['document'], not: ['process', 'Buffer', 'require'] },
  { layer: 'electron/main', knows: ['process'], not: ['document', 'window'] },
  { layer: 'electron/preload', knows: ['document'], not: ['process', 'Buffer', 'require'] },
];

/** The names that a layer's compiler does not know, of those used in a file of that layer. */
async function unknownNames(layer: string, names: readonly string[]): Promise<string[]> {
  const place = join(folder, layer.replaceAll('/', '-'));
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'names.ts'), names.map((name) => `void ${name};\n`).join(''));
  const own = {
    composite: false,
    declaration: false,
    emitDeclarationOnly: false,
    noEmit: true,
    rootDir: '.',
  };
  const config = { extends: relative(place, join(ROOT, layer, 'tsconfig.json')), compilerOptions: own };
  const only = { files: ['names.ts'], include: [], references: [] };
  writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ ...config, ...only }));
  const tsc = join(ROOT, 'scripts/run.mjs');
  const outcome = await run(process.execPath, [tsc, 'tsc', '-p', place]).catch(
    (error: { stdout: string }) => error,
  );
  return [...outcome.stdout.matchAll(/Cannot find name '(\w+)'/g)].map(([, name = '']) => name);
}

beforeAll(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("each layer's compiler", () => {
  it.each(LAYERS)('$layer knows $knows and not $not', async ({ layer, knows, not }) => {
    expect(await unknownNames(layer, [...knows, ...not])).toEqual(not);
  });
});
