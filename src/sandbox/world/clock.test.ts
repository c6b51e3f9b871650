import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import {
  callLazada,
  callShopee,
  callTiktok,
  command,
  journalOf,
  shopAt,
} from '../../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';
import type { Message } from './model.ts';

const MINUTE = 60_000;

let folder: string;
let clock: FakeClock;
const running: RunningSandbox[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterdesk-clock-'));
  clock = fakeClock(Date.UTC(2026, 8, 1, 8));
});
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<RunningSandbox> {
  const journalFile = join(folder, 'journal.jsonl');
  const sandbox = await startSandbox({ writeEveryMs: null, answers: false, journalFile, clock });
  running.push(sandbox);
  return sandbox;
}
const setClock = (sandbox: RunningSandbox, platform: string, aheadMs: unknown): Promise<{ status: number }> =>
  command(sandbox, 'POST', '/clock', { platform, aheadMs });
const count = (sandbox: RunningSandbox, now: number): Promise<unknown> => {
  const { app, shop } = shopAt(sandbox, 'shopee');
  return callShopee(app, shop, '/api/v2/sellerchat/get_unread_conversation_count', { now }).then((answer) =>
    answer.at('message'),
  );
};

/** A conversation, written to by its buyer now: what the sandbox holds of it, newest last. */
async function written(sandbox: RunningSandbox, text: string): Promise<Message[]> {
  const { platform, shopId, conversationId } = (
    await command(sandbox, 'POST', '/buyer', { platform: 'shopee', text })
  ).json as Record<string, string>;
  expect(platform).toBe('shopee');
  const query = new URLSearchParams({ shopId: shopId ?? '', conversationId: conversationId ?? '' });
  return (await command(sandbox, 'GET', `/thread?${query.toString()}`)).list(
    'messages',
  ) as unknown as Message[];
}

describe("a platform's clock", () => {
  it('rules what it takes, what it says and the time of its messages; the others go on', async () => {
    const sandbox = await start();
    await setClock(sandbox, 'shopee', 10 * MINUTE);
    expect(await count(sandbox, clock.now())).toBe('Timestamp is expired.');
    expect(await count(sandbox, clock.now() + 8 * MINUTE)).toBe('');
    const { app } = shopAt(sandbox, 'shopee');
    const { headers } = await fetch(`${app.api}/api/v2/sellerchat/get_message`);
    expect(Date.parse(headers.get('date') ?? '')).toBe(clock.now() + 10 * MINUTE);
    expect((await written(sandbox, 'now')).at(-1)?.at).toBe(clock.now() + 10 * MINUTE);
    const lazada = shopAt(sandbox, 'lazada');
    const params = { start_time: String(clock.now()), page_size: '1' };
    const list = await callLazada(lazada.app, lazada.shop, '/im/session/list', { params, now: clock.now() });
    expect(list.at('code')).toBe('0');
  });

  it('may be behind a TikTok Shop client by half a minute', async () => {
    const sandbox = await start();
    const { app, shop } = shopAt(sandbox, 'tiktok');
    const list = (): Promise<unknown> =>
      callTiktok(app, shop, '/customer_service/202309/conversations', {
        params: { page_size: '1' },
        now: clock.now(),
      }).then((answer) => answer.at('message'));
    await setClock(sandbox, 'tiktok', -29_000);
    expect(await list()).toBe('Success');
    await setClock(sandbox, 'tiktok', -31_000);
    expect(await list()).toBe('Invalid timestamp');
  });

  it('set back, leaves a conversation in order and ids growing; nothing late is late by it', async () => {
    const sandbox = await start();
    const before = (await written(sandbox, 'before')).at(-1);
    await command(sandbox, 'POST', '/faults', { kind: 'shown-late', platform: 'shopee', ms: 5000 });
    await written(sandbox, 'late');
    await setClock(sandbox, 'shopee', -30 * MINUTE);
    clock.advanceAtOnce(5000);
    const after = await written(sandbox, 'after');
    const newest = after.slice(-3);
    expect(newest.map(({ content }) => 'text' in content && content.text)).toEqual([
      'before',
      'late',
      'after',
    ]);
    expect(newest.map(({ at }) => at)).toEqual([before?.at, before?.at, before?.at]);
    const ids = newest.map(({ id }) => BigInt(id));
    expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('set back, never leads to an id that was there before, over a restart neither', async () => {
    const before = await start();
    await setClock(before, 'shopee', 30 * MINUTE);
    const ids: string[] = [];
    const write = async (sandbox: RunningSandbox): Promise<void> => {
      ids.push((await written(sandbox, 'one')).at(-1)?.id ?? '');
    };
    for (let turn = 0; turn < 6; turn += 1) await write(before);
    await running.pop()?.stop();
    const after = await start();
    await setClock(after, 'shopee', 0);
    for (let turn = 0; turn < 6; turn += 1) await write(after);
    expect(new Set(ids).size).toBe(12);
    expect(ids).toEqual([...ids].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)));
  });

  it('stands where it was after a restart, and the journal keeps the machine’s time', async () => {
    const before = await start();
    await setClock(before, 'shopee', -MINUTE);
    await command(before, 'POST', '/faults', { kind: 'shown-late', platform: 'shopee', ms: 50_000 });
    await written(before, 'late');
    await running.pop()?.stop();
    clock.advanceAtOnce(60_000);
    const after = await start();
    expect((await written(after, 'after')).slice(-2).map(({ at }) => at - clock.now())).toEqual([
      -2 * MINUTE,
      -MINUTE,
    ]);
    const times = (await journalOf(after)).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it.each([
    ['shopee', 'soon'],
    ['ebay', 0],
    ['lazada', 90_000_000],
  ])('refuses %s %s', async (platform, aheadMs) => {
    expect((await setClock(await start(), platform, aheadMs)).status).toBe(400);
  });
});
