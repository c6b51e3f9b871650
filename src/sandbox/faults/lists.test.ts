import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlatformId } from '../../contract/models.ts';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import {
  callLazada,
  callShopee,
  callTiktok,
  command,
  journalOf,
  shopAt,
  type Answer,
} from '../../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from '../sandbox.ts';

const platforms = ['shopee', 'lazada', 'tiktok'] as const;

let clock: FakeClock;
let sandbox: RunningSandbox;

beforeAll(async () => {
  clock = fakeClock(Date.now());
  sandbox = await startSandbox({ seed: 'lists', writeEveryMs: null, answers: false, clock });
});
afterAll(() => sandbox.stop());
beforeEach(() => command(sandbox, 'DELETE', '/faults'));

interface Reading {
  /** Ids of the newest conversations, and of the newest messages of one. */
  conversations(): Promise<string[]>;
  messages(conversationId: string): Promise<string[]>;
}

const ids = (answer: Answer, list: string, id: string): string[] =>
  answer.list(list).map((record) => String(record[id]));

function reading(platform: PlatformId): Reading {
  const { app, shop } = shopAt(sandbox, platform);
  switch (platform) {
    case 'shopee': {
      const ask = (name: string, params: Record<string, string>): Promise<Answer> =>
        callShopee(app, shop, `/api/v2/sellerchat/${name}`, {
          params: { ...params, page_size: '8' },
          now: clock.now(),
        });
      return {
        conversations: async () =>
          ids(
            await ask('get_conversation_list', { direction: 'latest', type: 'all' }),
            'response.conversations',
            'conversation_id',
          ),
        messages: async (id) =>
          ids(await ask('get_message', { conversation_id: id }), 'response.messages', 'message_id'),
      };
    }
    case 'lazada': {
      const ask = (path: string, more: Record<string, string> = {}): Promise<Answer> =>
        callLazada(app, shop, path, {
          params: { start_time: String(clock.now() + 1000), page_size: '8', ...more },
          now: clock.now(),
        });
      return {
        conversations: async () => ids(await ask('/im/session/list'), 'data.session_list', 'session_id'),
        messages: async (id) =>
          ids(await ask('/im/message/list', { session_id: id }), 'data.message_list', 'message_id'),
      };
    }
    case 'tiktok': {
      const path = '/customer_service/202309/conversations';
      const ask = (more = ''): Promise<Answer> =>
        callTiktok(app, shop, `${path}${more}`, { params: { page_size: '8' }, now: clock.now() });
      return {
        conversations: async () => ids(await ask(), 'data.conversations', 'id'),
        messages: async (id) => ids(await ask(`/${id}/messages`), 'data.messages', 'id'),
      };
    }
  }
}

describe.each(platforms)('%s', (platform) => {
  const fault = (order: object): Promise<Answer> =>
    command(sandbox, 'POST', '/faults', { platform, ...order });
  const write = async (text: string, conversationId: string): Promise<string> => {
    const { shopId } = shopAt(sandbox, platform).shop;
    const written = await command(sandbox, 'POST', '/buyer', { platform, shopId, conversationId, text });
    return String(written.at('messageId'));
  };

  it('lists conversations and messages twice, each time under the same id', async () => {
    const { conversations, messages } = reading(platform);
    const good = await conversations();
    await fault({ kind: 'listed-twice', path: 'list' });
    const twice = await conversations();
    expect([twice.length, new Set(twice)]).toEqual([good.length + 4, new Set(good)]);
    expect([twice[0], twice[1], twice.at(-1)]).toEqual([good[0], good[0], good[0]]);
    const [id = ''] = good;
    const thread = await messages(id);
    await fault({ kind: 'listed-twice', path: 'history' });
    expect(new Set(await messages(id))).toEqual(new Set(thread));
    expect(await messages(id)).toEqual(thread);
  });

  it('shows what a buyer wrote later, where it was written', async () => {
    const { conversations, messages } = reading(platform);
    const id = (await conversations())[2] ?? '';
    const before = await messages(id);
    await fault({ kind: 'shown-late', path: 'buyer', ms: 5000 });
    const late = await write('written first', id);
    expect((await journalOf(sandbox)).at(-1)).toMatchObject({ kind: 'buyer', fault: 'shown-late' });
    clock.advanceAtOnce(2000);
    const second = await write('written second', id);
    expect((await messages(id)).slice(0, 2)).toEqual([second, before[0]]);
    clock.advanceAtOnce(2999);
    expect((await messages(id)).slice(0, 2)).toEqual([second, before[0]]);
    clock.advanceAtOnce(1);
    expect((await messages(id)).slice(0, 3)).toEqual([second, late, before[0]]);
  });
});
