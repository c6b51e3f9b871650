import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SANDBOX_EXIT } from '../../contract/bundle.ts';
import { startSandbox } from '../sandbox.ts';
import { ownJournal } from './owner.ts';

// Real processes: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const sentence = 'is open in another sandbox';

let folder: string;
let journal: string;
let owner: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterdesk-owner-'));
  journal = join(folder, 'journal.jsonl');
  owner = `${journal}.owner`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('one sandbox a journal', () => {
  it('refuses a second one, and lets the next in when the first has ended', async () => {
    const first = await startSandbox({ journalFile: journal, writeEveryMs: null });
    await expect(startSandbox({ journalFile: journal })).rejects.toThrow(sentence);
    await first.stop();
    expect(existsSync(owner)).toBe(false);
    const next = await startSandbox({ journalFile: journal, writeEveryMs: null });
    await next.stop();
  });

  it('ends with a sentence and a code of its own, and is free after SIGKILL', async () => {
    const args = [main, '--json', '--quiet', '--journal', journal];
    const first = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(first.stdout, 'data');
    const second = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    second.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const [code] = (await once(second, 'close')) as [number];
    expect([code, said]).toEqual([SANDBOX_EXIT.inUse, expect.stringContaining(sentence)]);
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(existsSync(owner)).toBe(true);
    (await ownJournal(journal))();
  });

  it("knows that a process or a port is someone else's by now", async () => {
    const stranger = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    writeFileSync(owner, JSON.stringify({ pid: process.pid, port, token: 'mine' }));
    (await ownJournal(journal))();
    stranger.close();
  });

  it('is not kept out by a file that was never finished', async () => {
    writeFileSync(owner, '{"pi');
    const letGo = await ownJournal(journal);
    expect(readFileSync(owner, 'utf8')).toContain(String(process.pid));
    letGo();
  });

  it('lets exactly one of many in over a file that a killed one left', async () => {
    writeFileSync(owner, JSON.stringify({ pid: process.pid, port: 1, token: 'gone' }));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => ownJournal(journal)));
    const winners = tries.filter((one) => one.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    winners[0]?.value();
  });
});
