import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionBundleSchema, SANDBOX_EXIT, type ConnectionBundle } from '../../contract/bundle.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { pngBytes } from '../../testing/pictures.ts';
import { callShopee, command, journalOf, shopAt } from '../../testing/sandbox-client.ts';
import { compactJournal } from './compact.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

let folder: string;
let journalFile: string;
const running: RunningSandbox[] = [];
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterdesk-journal-'));
  journalFile = join(folder, 'journal.jsonl');
});
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(more: object = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ writeEveryMs: null, answers: false, journalFile, ...more });
  running.push(sandbox);
  return sandbox;
}

async function worldOf(sandbox: RunningSandbox): Promise<string> {
  return (await command(sandbox, 'GET', '/world')).text;
}

async function uploadOne(sandbox: RunningSandbox): Promise<void> {
  const { app, shop } = shopAt(sandbox, 'shopee');
  const form = new FormData();
  form.set('file', new File([new Uint8Array(pngBytes(3, 2))], 'a.png', { type: 'image/png' }));
  await callShopee(app, shop, '/api/v2/sellerchat/upload_image', { method: 'POST', form });
}

async function sendOne(sandbox: RunningSandbox, text: string): Promise<string> {
  const { app, shop } = shopAt(sandbox, 'shopee');
  const list = await callShopee(app, shop, '/api/v2/sellerchat/get_conversation_list', {
    params: { direction: 'latest', type: 'all' },
  });
  const to_id = list.list('response.conversations')[0]?.['to_id'];
  const body = { to_id, message_type: 'text', content: { text } };
  const sent = await callShopee(app, shop, '/api/v2/sellerchat/send_message', { method: 'POST', body });
  return String(sent.at('response.message_id'));
}

/** Starts the sandbox as its users do; answers the child and what it printed. */
async function spawned(args: readonly string[]): Promise<{ child: ChildProcess; sandbox: RunningSandbox }> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--json', '--journal', journalFile, '--quiet', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const bundle: ConnectionBundle = connectionBundleSchema.parse(JSON.parse(line));
  const adminUrl = bundle.admin ?? '';
  const stop = (): Promise<void> => Promise.resolve();
  return { child, sandbox: { bundle, adminUrl, journalUrl: bundle.journal ?? '', journalFile, stop } };
}

describe('the journal', () => {
  it('has every request, written before its answer', async () => {
    const sandbox = await start({ seed: 'j' });
    const id = await sendOne(sandbox, 'Halo');
    // Read as a file: nothing is flushed or asked for in between.
    const lines = readFileSync(journalFile, 'utf8').trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as Record<string, unknown>;
    expect(last).toMatchObject({
      seq: 3,
      kind: 'request',
      platform: 'shopee',
      call: 'send',
      method: 'POST',
      path: '/api/v2/sellerchat/send_message',
      body: { message_type: 'text', content: { text: 'Halo' } },
      query: { access_token: '[hidden]' },
      outcome: 'ok',
      status: 200,
      messageId: id,
      fault: null,
    });
    expect((await journalOf(sandbox, 2)).map(({ seq }) => seq)).toEqual([3]);
    expect(await journalOf(sandbox, 3)).toEqual([]);
  });

  it('brings back the same world', async () => {
    const before = await start({ seed: 'back' });
    await sendOne(before, 'Halo');
    await command(before, 'POST', '/buyer', { platform: 'tiktok', text: 'Ada lagi?' });
    const { app, shop } = shopAt(before, 'shopee');
    const body = {
      refresh_token: shop.refreshToken,
      partner_id: Number(app.appKey),
      shop_id: Number(shop.shopId),
    };
    const fresh = await callShopee(app, null, '/api/v2/auth/access_token/get', { method: 'POST', body });
    const world = await worldOf(before);
    await running.pop()?.stop();

    const after = await start();
    expect(await worldOf(after)).toBe(world);
    const own = shopAt(after, 'shopee').shop;
    expect([own.accessToken, own.refreshToken]).toEqual([
      fresh.at('access_token'),
      fresh.at('refresh_token'),
    ]);
    const used = await callShopee(shopAt(after, 'shopee').app, null, '/api/v2/auth/access_token/get', {
      method: 'POST',
      body,
    });
    expect(used.at('error')).toBe('error_auth');
    const next = await sendOne(after, 'Halo lagi');
    expect(JSON.stringify(await journalOf(after)).split(next)).toHaveLength(3);
  });

  it('survives SIGKILL in the middle of the work, a torn last line included', async () => {
    const { child, sandbox } = await spawned(['--seed', 'killed', '--no-answers']);
    const ids = [];
    for (let index = 0; index < 5; index += 1) ids.push(await sendOne(sandbox, `No. ${index}`));
    const world = await worldOf(sandbox);
    child.kill('SIGKILL');
    await once(child, 'exit');
    appendFileSync(journalFile, '{"seq":99,"kind":"requ');

    const again = await spawned(['--no-answers']);
    expect(again.sandbox.bundle.seed).toBe('killed');
    expect(await worldOf(again.sandbox)).toBe(world);
    const seqs = (await journalOf(again.sandbox)).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    again.child.kill('SIGTERM');
    expect(await once(again.child, 'exit')).toEqual([0, null]);
  });

  it('keeps a late acceptance over a restart', async () => {
    const before = await start({ seed: 'late' });
    await command(before, 'POST', '/faults', { kind: 'accept-late', path: 'send', ms: 100 });
    await expect(sendOne(before, 'late one')).rejects.toThrow();
    await running.pop()?.stop();
    const after = await start();
    await expect.poll(() => worldOf(after), { timeout: 5000 }).toContain('late one');
  });

  it('is shortened without forgetting what changed', async () => {
    const before = await start({ seed: 'long' });
    const id = await sendOne(before, 'kept');
    await sendOne(before, 'kept too');
    await command(before, 'POST', '/faults', { kind: 'refuse', path: 'send' });
    await sendOne(before, 'refused, which a recount asks for');
    await command(before, 'POST', '/faults', { kind: 'refuse', path: 'upload' });
    await uploadOne(before);
    const world = await worldOf(before);
    await running.pop()?.stop();
    compactJournal(journalFile, 0);
    const after = await start();
    expect(await worldOf(after)).toBe(world);
    expect((await journalOf(after)).map(({ seq }) => seq)).toEqual([1, 3, 5, 7, 8]);
    expect(await journalOf(after, 2)).toMatchObject([
      { seq: 3, messageId: id },
      { seq: 5 },
      { seq: 7, call: 'send', messageId: null },
      { seq: 8, call: 'upload', outcome: 'message_is_censored' },
    ]);
  });

  it('hands out tokens again when the old ones ran out meanwhile', async () => {
    const clock = fakeClock(Date.UTC(2026, 0, 1));
    const before = await start({ seed: 'old', clock });
    await running.pop()?.stop();
    clock.advanceAtOnce(31 * 86_400_000);
    const after = await start({ clock });
    const [old, fresh] = [shopAt(before, 'shopee').shop, shopAt(after, 'shopee').shop];
    expect(fresh.refreshToken).not.toBe(old.refreshToken);
    expect(fresh.accessTokenExpiresAt).toBeGreaterThan(clock.now());
    expect(shopAt(after, 'lazada').shop.refreshToken).toBe(shopAt(before, 'lazada').shop.refreshToken);
  });

  it.each(['another', undefined])('refuses a journal whose past was %s one', async (world) => {
    const first = await start({ seed: 'j' });
    await sendOne(first, 'Halo');
    await first.stop();
    running.pop();
    const [line = '', ...rest] = readFileSync(journalFile, 'utf8').split('\n');
    const entry = JSON.parse(line) as { world: string };
    expect(entry.world).toMatch(/^[0-9a-f]{64}$/);
    writeFileSync(journalFile, [JSON.stringify({ ...entry, world }), ...rest].join('\n'));
    await expect(start()).rejects.toMatchObject({
      exitCode: SANDBOX_EXIT.otherWorld,
      message: expect.stringContaining('another version of the sandbox') as string,
    });
  });

  it('refuses another seed, and says which line is damaged', async () => {
    await start({ seed: 'mine' });
    await running.pop()?.stop();
    await expect(start({ seed: 'yours' })).rejects.toThrow('belongs to seed "mine", not "yours"');
    writeFileSync(journalFile, '{"seq":1}\nnot json\n');
    await expect(start()).rejects.toThrow('is damaged in line 2');
  });
});
