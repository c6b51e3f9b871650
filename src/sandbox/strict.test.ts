import { afterEach, describe, expect, it } from 'vitest';
import { fakeClock, type FakeClock } from '../testing/fake-clock.ts';
import {
  callLazada,
  callShopee,
  callTiktok,
  command,
  shopAt,
  type Answer,
} from '../testing/sandbox-client.ts';
import { startSandbox, type RunningSandbox } from './sandbox.ts';

const running: RunningSandbox[] = [];
afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

async function start(profile: 'strict' | 'loose'): Promise<{ sandbox: RunningSandbox; clock: FakeClock }> {
  const clock = fakeClock(Date.UTC(2026, 8, 1, 8));
  const sandbox = await startSandbox({ seed: 'strict', profile, writeEveryMs: null, answers: false, clock });
  running.push(sandbox);
  return { sandbox, clock };
}

/** Calls one after the other until one is refused; answers how many were not. */
async function untilRefused(
  call: () => Promise<Answer>,
  fine: (answer: Answer) => boolean,
  limit: number,
): Promise<number> {
  for (let count = 0; count < limit; count += 1) if (!fine(await call())) return count;
  return limit;
}

describe('the strict profile', () => {
  it('limits calls as documented or suggested', async () => {
    const { sandbox, clock } = await start('strict');
    const shopee = shopAt(sandbox, 'shopee');
    const count = (): Promise<Answer> =>
      callShopee(shopee.app, shopee.shop, '/api/v2/sellerchat/get_unread_conversation_count', {
        now: clock.now(),
      });
    expect(await untilRefused(count, (answer) => answer.at('error') === '', 60)).toBe(10);
    clock.advanceAtOnce(100);
    expect((await count()).at('error')).toBe('');

    const lazada = shopAt(sandbox, 'lazada');
    const params = { start_time: String(clock.now()), page_size: '1' };
    const list = (index: number): Promise<Answer> =>
      callLazada(lazada.app, shopAt(sandbox, 'lazada', index).shop, '/im/session/list', {
        params,
        now: clock.now(),
      });
    expect(
      await untilRefused(
        () => list(0),
        (answer) => answer.at('code') === '0',
        60,
      ),
    ).toBe(4);
    // The ban is the app's, so the other shop is refused too.
    expect((await list(1)).at('code')).toBe('ApiCallLimit');
    clock.advanceAtOnce(1000);
    expect((await list(1)).at('code')).toBe('0');

    const tiktok = shopAt(sandbox, 'tiktok');
    const settings = (): Promise<Answer> =>
      callTiktok(tiktok.app, tiktok.shop, '/customer_service/202309/agents/settings', { now: clock.now() });
    expect(await untilRefused(settings, (answer) => answer.status === 200, 80)).toBe(50);
  });

  it('has Shopee’s chat rules: no text twice a day, five messages without an answer', async () => {
    const { sandbox, clock } = await start('strict');
    const { app, shop } = shopAt(sandbox, 'shopee');
    await command(sandbox, 'POST', '/buyer', { platform: 'shopee', text: 'Halo' });
    const list = await callShopee(app, shop, '/api/v2/sellerchat/get_conversation_list', {
      params: { direction: 'latest', type: 'all' },
      now: clock.now(),
    });
    const to_id = list.list('response.conversations')[0]?.['to_id'];
    const send = async (text: string): Promise<unknown> => {
      clock.advanceAtOnce(1000);
      const body = { to_id, message_type: 'text', content: { text } };
      const answer = await callShopee(app, shop, '/api/v2/sellerchat/send_message', {
        method: 'POST',
        body,
        now: clock.now(),
      });
      return answer.at('error');
    };
    expect([await send('a'), await send('a')]).toEqual(['', 'error_business']);
    for (const text of ['b', 'c', 'd', 'e']) expect(await send(text)).toBe('');
    expect(await send('f')).toBe('reach_5_message_limit');
    await command(sandbox, 'POST', '/buyer', { platform: 'shopee', text: 'Ya?' });
    expect(await send('f')).toBe('');
  });
});

describe('the loose profile', () => {
  it('limits nothing', async () => {
    const { sandbox, clock } = await start('loose');
    const { app, shop } = shopAt(sandbox, 'lazada');
    const params = { start_time: String(clock.now()), page_size: '1' };
    const list = (): Promise<Answer> =>
      callLazada(app, shop, '/im/session/list', { params, now: clock.now() });
    expect(await untilRefused(list, (answer) => answer.at('code') === '0', 40)).toBe(40);
  });
});
