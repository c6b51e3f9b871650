import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../sandbox/sandbox.ts';
import { callLazada, callShopee, callTiktok, command, shopAt } from '../testing/sandbox-client.ts';
import { faultsIn, readJournal, recordsOf } from './oracle.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

async function start(): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ writeEveryMs: null, answers: false, settleMs: 1000 });
  running.push(sandbox);
  return sandbox;
}

interface Target {
  readonly conversationId: string;
  readonly buyerId: string;
}

async function target(sandbox: RunningSandbox, platform: string): Promise<Target> {
  const world = await command(sandbox, 'GET', '/world');
  const shops = world.list('shops') as unknown as { platform: string; conversations: Target[] }[];
  return shops.find((shop) => shop.platform === platform)!.conversations[0]!;
}

type Send = (text: string) => Promise<unknown>;

/** A send to the first conversation of each platform's first shop. */
async function senders(sandbox: RunningSandbox): Promise<Record<'shopee' | 'lazada' | 'tiktok', Send>> {
  const [shopee, lazada, tiktok] = await Promise.all(
    ['shopee', 'lazada', 'tiktok'].map((platform) => target(sandbox, platform)),
  );
  const at = {
    shopee: shopAt(sandbox, 'shopee'),
    lazada: shopAt(sandbox, 'lazada'),
    tiktok: shopAt(sandbox, 'tiktok'),
  };
  return {
    shopee: (text) => {
      const body = { to_id: Number(shopee!.buyerId), message_type: 'text', content: { text } };
      const path = '/api/v2/sellerchat/send_message';
      return callShopee(at.shopee.app, at.shopee.shop, path, { method: 'POST', body }).catch(() => null);
    },
    lazada: (text) => {
      const params = { session_id: lazada!.conversationId, template_id: '1', txt: text };
      const call = { method: 'POST' as const, params };
      return callLazada(at.lazada.app, at.lazada.shop, '/im/message/send', call).catch(() => null);
    },
    tiktok: (text) => {
      const path = `/customer_service/202309/conversations/${tiktok!.conversationId}/messages`;
      const body = { type: 'TEXT', content: JSON.stringify({ content: text }) };
      return callTiktok(at.tiktok.app, at.tiktok.shop, path, { method: 'POST', body }).catch(() => null);
    },
  };
}

describe('what the oracle says', () => {
  it.each(['shopee', 'lazada', 'tiktok'] as const)(
    'of %s: accepted, refused and neither',
    async (platform) => {
      const sandbox = await start();
      const send = (await senders(sandbox))[platform];
      const fault = (kind: string, more: object = {}): Promise<unknown> =>
        command(sandbox, 'POST', '/faults', { kind, platform, path: 'send', ...more });
      await send('plain "text" {1}');
      await fault('drop-after-accept');
      await send('taken, the answer lost');
      await fault('refuse');
      await send('{"txt": "refused"}');
      for (const kind of ['cut-before', 'rate-limit', 'error', 'http-500', 'expire-token']) {
        await fault(kind);
        await send(`neither: ${kind}`);
      }
      const lines = readJournal(sandbox.journalFile);
      const records = recordsOf(lines);
      const { conversationId } = await target(sandbox, platform);
      expect(records.map(({ n, text, outcome }) => [n, text, outcome])).toEqual([
        [1, 'plain "text" {1}', 'accepted'],
        [2, 'taken, the answer lost', 'accepted'],
        [3, '{"txt": "refused"}', 'refused'],
      ]);
      expect(records.slice(0, 2).map(({ conversation }) => conversation)).toEqual([
        conversationId,
        conversationId,
      ]);
      expect(records.map(({ remoteId }) => remoteId !== null)).toEqual([true, true, false]);
      expect(faultsIn(lines)).toBe(7);
    },
  );

  it('keeps the order in which messages came while the platform’s clock is set', async () => {
    const sandbox = await start();
    const { lazada } = await senders(sandbox);
    const setClock = (minutes: number): Promise<unknown> =>
      command(sandbox, 'POST', '/clock', { platform: 'lazada', aheadMs: minutes * 60_000 });
    await setClock(30);
    await lazada('first');
    await command(sandbox, 'POST', '/faults', { kind: 'accept-late', path: 'send', ms: 1 });
    await lazada('late');
    await setClock(-30);
    await lazada('last');
    const records = recordsOf(readJournal(sandbox.journalFile));
    expect(records.map(({ text }) => text)).toEqual(['first', 'late', 'last']);
  });

  it('puts a message accepted late where buyers see it', async () => {
    const sandbox = await start();
    const { shopee } = await senders(sandbox);
    await command(sandbox, 'POST', '/faults', { kind: 'accept-late', path: 'send', ms: 5_000 });
    await shopee('late');
    await shopee('behind it, and seen first');
    const records = recordsOf(readJournal(sandbox.journalFile));
    expect(records.map(({ text }) => text)).toEqual(['behind it, and seen first', 'late']);
  });
});
