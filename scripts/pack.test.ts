import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, Platform } from 'electron-builder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIfChanged } from './lib/build.ts';
import { ROOT } from './lib/project.ts';

/** By this text Electron's program is known to have fuses; then come their version, their count, and '0' or '1' for each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** In the order in which Electron keeps them. */
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
];

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly integrity?: { readonly hash: string };
}

/** The table of contents at the head of an archive: four numbers, the last one its length, and JSON. */
function readAsar(path: string): AsarEntry {
  const bytes = readFileSync(path);
  return JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarEntry;
}

/** Every file of an archive by its path, with a slash before it. */
function filesOf(entry: AsarEntry, path = ''): [string, AsarEntry][] {
  if (entry.files === undefined) return [[path, entry]];
  return Object.entries(entry.files).flatMap(([name, child]) => filesOf(child, `${path}/${name}`));
}

function readFuses(program: string): Record<string, boolean> {
  const bytes = readFileSync(program);
  const start = bytes.indexOf(FUSE_SENTINEL) + FUSE_SENTINEL.length + 2;
  return Object.fromEntries(FUSES.map((name, at) => [name, bytes[start + at] === '1'.charCodeAt(0)]));
}

const folder = mkdtempSync(join(tmpdir(), 'counterdesk-pack-'));
const output = join(folder, 'dist');
const resources = join(output, 'linux-unpacked/resources');
let contents = new Map<string, AsarEntry>();
let inside: string[] = [];

/** A folder like Electron's own, with a program that can only have its fuses set. */
function makeElectronDist(): string {
  const dist = join(folder, 'electron');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  const fuses = Buffer.from([1, FUSES.length, ...Buffer.from('10110010')]);
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from(FUSE_SENTINEL), fuses]), { mode: 0o755 });
  for (const [name, text] of [
    ['version', version],
    ['LICENSE', ''],
    ['LICENSES.chromium.html', ''],
    ['chrome-sandbox', ''],
  ]) {
    writeFileSync(join(dist, name ?? ''), text ?? '');
  }
  return dist;
}

beforeAll(async () => {
  await buildIfChanged({ quiet: true });
  await build({
    projectDir: ROOT,
    targets: Platform.LINUX.createTarget('dir'),
    config: {
      extends: join(ROOT, 'electron-builder.yml'),
      electronDist: makeElectronDist(),
      directories: { output },
    },
    publish: 'never',
  });
  contents = new Map(filesOf(readAsar(join(resources, 'app.asar'))));
  inside = [...contents.keys()];
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed application', () => {
  it('holds both hosts, engine, preload, page and migrations', () => {
    const needed = [
      'main/index.js',
      'main/engine.js',
      'main/sandbox.js',
      'preload/index.cjs',
      'renderer/index.html',
    ];
    for (const file of needed) expect(inside).toContain(`/out/${file}`);
    expect(inside).toContain('/migrations/0001-first-schema.sql');
  });

  it("has the database's native code beside the archive, for this platform alone", () => {
    const native = inside.filter((path) => path.endsWith('.node'));
    expect(native).toEqual([`/node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`]);
    for (const path of native) expect(existsSync(join(resources, 'app.asar.unpacked', path))).toBe(true);
  });

  it('holds no sources, tests, maps or tools', () => {
    const unwanted =
      /^\/(src|electron|scripts|docs|\.ci)\b|\.map$|\.test\.|^\/node_modules\/(electron|vite|vitest|typescript|react)\//;
    expect(inside.filter((path) => unwanted.test(path))).toEqual([]);
  });

  it('is sealed: files have checksums, and the program runs nothing but them', () => {
    expect(contents.get('/out/main/index.js')?.integrity?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(readFuses(join(output, 'linux-unpacked/counterdesk'))).toMatchObject({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
