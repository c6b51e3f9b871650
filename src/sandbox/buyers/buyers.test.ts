import { afterEach, describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import { callTiktok, command, journalOf, shopAt } from '../../testing/sandbox-client.ts';
import type { BuyerEntry } from '../journal/entry.ts';
import { startSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

async function start(options: SandboxOptions): Promise<{ sandbox: RunningSandbox; clock: FakeClock }> {
  const clock = fakeClock(Date.UTC(2026, 8, 1, 8));
  const sandbox = await startSandbox({ seed: 'buyers', clock, ...options });
  running.push(sandbox);
  return { sandbox, clock };
}

async function written(sandbox: RunningSandbox): Promise<BuyerEntry[]> {
  return (await journalOf(sandbox)).filter((entry) => entry.kind === 'buyer');
}

describe('buyers', () => {
  it('write by themselves about as often as asked, over all stores, the same for the same seed', async () => {
    const first = await start({ writeEveryMs: 8000 });
    first.clock.advanceAtOnce(800_000);
    const entries = await written(first.sandbox);
    expect(entries.length).toBeGreaterThan(85);
    expect(entries.length).toBeLessThan(115);
    expect(new Set(entries.map(({ shopId }) => shopId)).size).toBe(6);
    const second = await start({ writeEveryMs: 8000 });
    second.clock.advanceAtOnce(800_000);
    expect(await written(second.sandbox)).toEqual(entries);
  });

  it('are quiet when asked, or paused', async () => {
    const quiet = await start({ writeEveryMs: null });
    quiet.clock.advanceAtOnce(600_000);
    expect(await written(quiet.sandbox)).toEqual([]);
    const paused = await start({ writeEveryMs: 8000 });
    await command(paused.sandbox, 'POST', '/pause');
    paused.clock.advanceAtOnce(600_000);
    expect(await written(paused.sandbox)).toEqual([]);
    await command(paused.sandbox, 'POST', '/resume');
    paused.clock.advanceAtOnce(60_000);
    expect((await written(paused.sandbox)).length).toBeGreaterThan(0);
  });

  it('answer what the shop sends after 2 to 6 seconds, once', async () => {
    const { sandbox, clock } = await start({ writeEveryMs: null });
    const { app, shop } = shopAt(sandbox, 'tiktok');
    const path = '/customer_service/202309/conversations';
    const list = await callTiktok(app, shop, path, { params: { page_size: '5' }, now: clock.now() });
    const id = String(list.list('data.conversations')[2]?.['id']);
    for (const text of ['Hai', 'Ada stok']) {
      const body = { type: 'TEXT', content: JSON.stringify({ content: text }) };
      await callTiktok(app, shop, `${path}/${id}/messages`, { method: 'POST', body, now: clock.now() });
    }
    clock.advanceAtOnce(1999);
    expect(await written(sandbox)).toEqual([]);
    clock.advanceAtOnce(4001);
    expect((await written(sandbox)).map(({ conversationId }) => conversationId)).toEqual([id]);
    clock.advanceAtOnce(60_000);
    expect(await written(sandbox)).toHaveLength(1);
  });
});
