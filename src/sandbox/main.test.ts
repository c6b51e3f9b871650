import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { connectionBundleSchema } from '../contract/bundle.ts';
import { readCommandLine } from './options.ts';
import { startSandbox } from './sandbox.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

interface Ended {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** Runs the command; `signal` is sent once it has printed something. */
async function run(args: readonly string[], signal: NodeJS.Signals | null): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (signal !== null && out.endsWith('\n')) child.kill(signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { out, err, code };
}

describe('npm run sandbox', () => {
  it('prints one line of JSON that a client can connect by, and ends at SIGTERM', async () => {
    const { out, code } = await run(['--json', '--seed', 'cli', '--quiet'], 'SIGTERM');
    expect([code, out.split('\n')]).toEqual([0, [expect.any(String), '']]);
    const bundle = connectionBundleSchema.parse(JSON.parse(out));
    expect(bundle).toMatchObject({ environment: { key: 'sandbox' }, seed: 'cli' });
    const addresses = bundle.platforms.map(({ api }) => api);
    expect(new Set([...addresses, bundle.admin]).size).toBe(4);
    expect(addresses.every((address) => /^http:\/\/127\.0\.0\.1:\d+$/.test(address))).toBe(true);
    expect(bundle.platforms.flatMap(({ shops }) => shops)).toHaveLength(6);
  });

  it('prints for people without secrets, and ends at SIGINT', async () => {
    const { out, code } = await run(['--seed', 'cli'], 'SIGINT');
    expect([code, out]).toEqual([0, expect.stringContaining('Nusa Living TH')]);
    expect(out).not.toMatch(/[0-9a-f]{40}/);
  });

  it.each([
    [['--profile', 'wild'], '--profile must be strict or loose.'],
    [['--port', 'abc'], '--port must be a whole number'],
    [['--poll', '90-20'], '--poll must be two whole numbers'],
    [['--nonsense'], 'nonsense'],
  ])('says what is wrong with %o', async (args, sentence) => {
    const { err, code } = await run(args, null);
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
  });

  it('reads every option', () => {
    const { options, json } = readCommandLine(
      '--port 4100 --seed x --profile strict --journal f --now 5 --every 9 --no-answers --json --settle 800 --poll 20-90'.split(
        ' ',
      ),
    );
    expect(json).toBe(true);
    expect(options).toEqual({
      port: 4100,
      seed: 'x',
      profile: 'strict',
      journalFile: 'f',
      baseAt: 5,
      writeEveryMs: 9,
      answers: false,
      settleMs: 800,
      poll: { minMs: 20, maxMs: 90 },
    });
    expect(readCommandLine(['--quiet']).options).toEqual({ writeEveryMs: null, answers: true });
  });
});

describe('ports', () => {
  it('are four in a row, and a taken one is named', async () => {
    const free = await startSandbox({ writeEveryMs: null });
    const port = Number(new URL(free.adminUrl).port);
    await expect(startSandbox({ port })).rejects.toThrow(`Port ${port} is taken.`);
    await free.stop();
    const inRow = await startSandbox({ port, writeEveryMs: null }).catch(() => null);
    if (inRow === null) return;
    expect(inRow.bundle.platforms.map(({ api }) => Number(new URL(api).port) - port)).toEqual([1, 2, 3]);
    await inRow.stop();
  });
});
