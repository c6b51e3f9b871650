import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../lib/project.ts';
import { ZONES } from './zones.ts';

const run = promisify(execFile);

/** A file of the fixture tree, its content, and the finding it must get (none: it must pass). */
interface Planted {
  readonly file: string;
  readonly code: string;
  readonly rule?: string;
}

const LAYERS = 'counterdesk(layers)';
const GLOBALS = 'eslint(no-restricted-globals)';
const importing = (specifier: string): string =>
  `import { thing } from '${specifier}';\nexport const it = thing;\n`;
const planted = (file: string, specifier: string): Planted => ({
  file,
  code: importing(specifier),
  rule: LAYERS,
});
const allowed = (file: string, specifier: string): Planted => ({ file, code: importing(specifier) });

/** Every layer against every other: what its row does not name must be reported. */
const crossings: Planted[] = ZONES.filter(({ name }) => name !== 'locales').flatMap((zone) =>
  ZONES.filter((other) => other !== zone && !zone.layers.includes(other.name)).map((other) => {
    const up = zone.folder.split('/').slice(1).fill('..').join('/');
    return planted(`${zone.folder}to-${other.name}.ts`, `${up}/${other.folder}inside.ts`);
  }),
);

const FINDINGS: Planted[] = [
  ...crossings,
  planted('src/base/node.ts', 'node:fs'),
  planted('src/base/package.ts', 'zod'),
  planted('src/contract/node.ts', 'node:crypto'),
  planted('src/wire/node.ts', 'node:worker_threads'),
  planted('src/channels/files.ts', 'node:fs'),
  planted('src/channels/sqlite.ts', 'better-sqlite3'),
  planted('src/engine/outbox/sqlite.ts', 'better-sqlite3'),
  planted('src/engine/sync/browser.ts', 'playwright-core'),
  planted('src/engine/backups/zip.ts', 'yauzl'),
  planted('src/engine/proxies/lists/xml.ts', 'saxes'),
  planted('src/engine/electron.ts', 'electron'),
  planted('src/engine/media/undici.ts', 'undici'),
  planted('src/engine/proxies/chain.ts', 'proxy-chain'),
  planted('src/engine/media/http.ts', 'node:http'),
  planted('src/engine/media/sockets.ts', 'node:net'),
  planted('src/engine/stores/names.ts', 'node:dns/promises'),
  planted('src/channels/shopee/undici.ts', 'undici'),
  {
    file: 'src/engine/late-http.ts',
    code: "export const late = () => import('node:https');\n",
    rule: LAYERS,
  },
  { file: 'src/engine/media/fetch.ts', code: "void fetch('https://x.test/');\n", rule: GLOBALS },
  { file: 'src/channels/shopee/fetch.ts', code: "void fetch('https://x.test/');\n", rule: GLOBALS },
  { file: 'src/engine/media/socket.ts', code: "new WebSocket('wss://x.test/');\n", rule: GLOBALS },
  {
    file: 'src/engine/media/global-fetch.ts',
    code: "void globalThis.fetch('https://x.test/');\n",
    rule: 'eslint(no-restricted-properties)',
  },
  {
    file: 'src/engine/media/builtin.ts',
    code: "export const http = process.getBuiltinModule('http');\n",
    rule: 'eslint(no-restricted-properties)',
  },
  planted('src/renderer/node.ts', 'node:path'),
  planted('src/renderer/net.ts', 'undici'),
  planted('src/hosting/electron.ts', 'electron'),
  planted('src/webhost/electron.ts', 'electron'),
  planted('src/sandbox/sqlite.ts', 'better-sqlite3'),
  planted('src/engine/test-code.ts', '../testing/clock.ts'),
  planted('src/engine/from-test.ts', './sync.test.ts'),
  planted('src/engine/outside.ts', '../new-folder/thing.ts'),
  {
    file: 'electron/main/ipc.ts',
    code: "import { ipcMain } from 'electron';\nexport const it = ipcMain;\n",
    rule: LAYERS,
  },
  {
    file: 'electron/main/renderer.ts',
    code: "import { ipcRenderer } from 'electron';\nexport const it = ipcRenderer;\n",
    rule: LAYERS,
  },
  { file: 'src/engine/type.ts', code: "export type App = import('electron').App;\n", rule: LAYERS },
  { file: 'src/engine/again.ts', code: "export { app } from 'electron';\n", rule: LAYERS },
  { file: 'src/engine/all.ts', code: "export * from '../renderer/all.ts';\n", rule: LAYERS },
  { file: 'src/engine/late.ts', code: "export const late = () => import('electron');\n", rule: LAYERS },
  {
    file: 'src/engine/late-required.ts',
    code: "export const late = () => require('electron');\n",
    rule: LAYERS,
  },
  { file: 'src/engine/console.ts', code: "console.log('hello');\n", rule: 'eslint(no-console)' },
  {
    file: 'src/engine/stdout.ts',
    code: "process.stdout.write('hello');\n",
    rule: 'eslint(no-restricted-properties)',
  },
  { file: 'src/base/any.ts', code: 'export const it: any = 1;\n', rule: 'typescript(no-explicit-any)' },
  {
    file: 'src/base/ignore.ts',
    code: '// @ts-ignore\nexport const it: string = 1;\n',
    rule: 'typescript(ban-ts-comment)',
  },
  { file: 'src/base/long.ts', code: 'export {};\n'.repeat(401), rule: 'eslint(max-lines)' },
  {
    file: 'src/base/long-function.ts',
    code: `export function it(): void {\n${'  it();\n'.repeat(80)}}\n`,
    rule: 'eslint(max-lines-per-function)',
  },
  { file: 'src/base/round.ts', code: importing('./round-two.ts'), rule: 'import(no-cycle)' },
  {
    file: 'src/base/round-type.ts',
    code: "import type { Other } from './round-type-two.ts';\nexport type It = Other;\n",
    rule: 'import(no-cycle)',
  },
];

const FINE: Planted[] = [
  allowed('src/engine/db/open.ts', 'better-sqlite3'),
  allowed('src/engine/browsers/open.ts', 'playwright-core'),
  allowed('src/engine/net/exit.ts', 'undici'),
  allowed('src/engine/net/forwarder.ts', 'proxy-chain'),
  allowed('src/engine/net/tunnel.ts', 'node:http'),
  allowed('src/channels/http-client.ts', 'undici'),
  allowed('src/engine/proxies/lists/xlsx/package.ts', 'yauzl'),
  allowed('src/engine/outbox/client.ts', '../../channels/channel.ts'),
  allowed('src/engine/outbox/files.ts', 'node:fs/promises'),
  allowed('src/channels/shopee/sign.ts', 'node:crypto'),
  allowed('src/renderer/thread/client.ts', '../../contract/index.ts'),
  allowed('src/renderer/styles.ts', '@mantine/core/styles.css'),
  allowed('electron/main/app.ts', 'electron'),
  allowed('electron/preload/port.ts', 'electron'),
  allowed('src/base/anything.test.ts', '../engine/inside.ts'),
  { file: 'src/webhost/main.ts', code: "process.stdout.write('ready');\n" },
  { file: 'src/base/round-two.ts', code: "import { it } from './round.ts';\nexport const thing = it;\n" },
  {
    file: 'src/base/round-type-two.ts',
    code: "import type { It } from './round-type.ts';\nexport type Other = It | 1;\n",
  },
];

let tree = '';
const findings = new Map<string, string[]>();

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'counterdesk-lint-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
  for (const file of ['plugin.ts', 'zones.ts']) {
    cpSync(join(ROOT, 'scripts/lint', file), join(tree, 'scripts/lint', file));
  }
  for (const { file, code } of [...FINDINGS, ...FINE]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), code);
  }
  const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
  const outcome = await run(process.execPath, [oxlint, '--format=json'], { cwd: tree, maxBuffer: 1e8 }).catch(
    (error: { stdout: string }) => error,
  );
  const report = JSON.parse(outcome.stdout) as { diagnostics: { filename: string; code: string }[] };
  for (const { filename, code } of report.diagnostics) {
    const file = filename.replaceAll('\\', '/');
    findings.set(file, [...(findings.get(file) ?? []), code]);
  }
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the rules bite', () => {
  it.each(FINDINGS)('$file gets $rule', ({ file, rule }) => {
    expect(findings.get(file)).toContain(rule);
  });

  it.each(FINE)('$file may', ({ file }) => {
    const found = (findings.get(file) ?? []).filter((rule) => rule !== 'import(no-cycle)');
    expect(found).toEqual([]);
  });
});
