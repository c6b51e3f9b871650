import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineToHost, HostToEngine } from '../src/wire/host-link.ts';
import { buildIfChanged } from './lib/build.ts';
import { ROOT } from './lib/project.ts';

const folder = mkdtempSync(join(tmpdir(), 'counterdesk-alone-'));
const withoutElectron = pathToFileURL(join(ROOT, 'src/testing/without-electron.ts')).href;

beforeAll(() => buildIfChanged({ quiet: true }), 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script where `electron` can't be loaded, answers its questions, and stops it once it is ready. */
function runAlone(script: string): Promise<{ kinds: string[]; code: number | null; errors: string }> {
  const child = fork(script, [], {
    execArgv: ['--import', withoutElectron],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const tell = (message: HostToEngine): void => void child.send(message);
  const kinds: string[] = [];
  let errors = '';
  child.stderr?.on('data', (part: Buffer) => (errors += part.toString()));
  child.on('message', (received) => {
    const message = received as EngineToHost;
    kinds.push(message.kind);
    if (message.kind === 'ask')
      tell({ kind: 'answer', id: message.id, value: [{ by: 'test', blob: 'AA==' }] });
    if (message.kind === 'ready' || message.kind === 'start-failed') tell({ kind: 'stop' });
  });
  tell({
    kind: 'start',
    options: {
      dataDir: join(folder, 'data'),
      migrationsDir: join(ROOT, 'migrations'),
      space: 'real',
      version: 'test',
      machine: { id: 'm1', name: 'test' },
      bundle: null,
    },
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve({ kinds, code, errors })));
}

describe('the built engine, in plain Node without Electron', () => {
  it('starts, and ends when told to', async () => {
    const { kinds, code, errors } = await runAlone(join(ROOT, 'out/main/engine.js'));
    expect(errors).toBe('');
    expect(kinds).toContain('ready');
    expect(code).toBe(0);
  });

  it('would be noticed if it loaded Electron', async () => {
    const { code, errors } = await runAlone(join(ROOT, 'out/main/index.js'));
    expect(errors).toContain('electron may not be loaded here.');
    expect(code).not.toBe(0);
  });
});
