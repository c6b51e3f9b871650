import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { THAI, translate, translationDesk, type TranslationDesk } from '../../testing/translation-desk.ts';

let desk: TranslationDesk;
beforeEach(async () => {
  desk = await translationDesk();
});
afterEach(() => desk.end());

describe('reading', () => {
  test('a thread is translated in one call; switching away and back makes none', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'shop', 'Hello');
    await desk.begin();
    for (let n = 0; n < 50; n += 1) desk.platform.write('a', 'buyer', `${THAI} ${n}`);
    await desk.clock.advance(12_000);
    const all = await desk.read();
    expect(all).toHaveLength(51);
    expect(all[1]).toEqual({
      state: 'done',
      text: `en: ${THAI} 0`,
      from: 'th',
      to: 'en',
      by: 'provider',
      provider: 'One',
    });
    expect(desk.service.requests).toHaveLength(1);
    await desk.read();
    await desk.read();
    expect(desk.service.requests).toHaveLength(1);
    const { rows } = await desk.call('conversations.list', { filter: {}, sort: 'newest', limit: 10 });
    expect(rows[0]?.last).toMatchObject({ text: `${THAI} 49`, translation: `en: ${THAI} 49` });
    const found = await desk.call('conversations.list', {
      filter: { keyword: 'en' },
      sort: 'newest',
      limit: 10,
    });
    expect(found.rows[0]?.match?.text).toContain(`en: ${THAI} `);
    expect(found.rows).toHaveLength(1);
  });

  test('it survives a crash, a provider that is taken away, and a changed one', async () => {
    desk.service.answer = translate;
    const { id } = await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    await desk.read();
    await desk.call('translation.removeProvider', { id });
    desk.crash();
    desk.service.answer = null;
    expect(await desk.read()).toMatchObject([{ state: 'done', text: `en: ${THAI}` }]);
    expect(desk.service.requests).toHaveLength(1);
  });

  test('500 equal texts at once are one call, and one text of it', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    for (let n = 0; n < 400; n += 1) desk.platform.write('a', 'buyer', THAI);
    for (let n = 0; n < 100; n += 1) desk.platform.write(`b${n}`, 'buyer', THAI);
    await desk.begin();
    await Promise.all(Array.from({ length: 101 }, (_, n) => desk.look(n + 1)));
    await desk.clock.advance(50);
    expect(desk.sentTexts()).toEqual([THAI]);
    expect((await desk.look(101))[0]).toMatchObject({ state: 'done' });
    expect(await desk.call('translation.usage', {})).toMatchObject({
      characters: 14,
      calls: 1,
      saved: 14 * 100,
    });
  });

  test('the same text in another store is copied there, not bought again', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    desk.platforms.get(2)?.write('z', 'buyer', ` ${THAI} `);
    await desk.begin();
    expect(await desk.read(1)).toMatchObject([{ state: 'done' }]);
    expect(await desk.read(2)).toMatchObject([{ state: 'done', text: `en: ${THAI}` }]);
    expect(desk.service.requests).toHaveLength(1);
    expect(
      (await desk.call('translation.sizes', {})).map(({ storeId, translations }) => [storeId, translations]),
    ).toEqual([
      [1, 1],
      [2, 1],
    ]);
    await desk.call('translation.clear', { storeId: 1, conversationId: null });
    expect((await desk.call('translation.sizes', {})).map(({ storeId }) => storeId)).toEqual([2]);
  });

  test('languages that are read, the own one, and what has no words are left alone', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    await desk.call('settings.set', { languagesRead: ['zh-Hans'] });
    for (const text of [
      'Is this still available?',
      '什么时候发货',
      '👍👍',
      '24091712345678',
      'https://a.test/x',
    ]) {
      desk.platform.write('a', 'buyer', text);
    }
    desk.platform.write('a', 'shop', THAI);
    await desk.begin();
    expect(await desk.read()).toEqual([null, null, null, null, null, null]);
    expect(desk.service.requests).toEqual([]);
  });

  test('numbers, links and phone numbers never leave, and come back as they were', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    const text = `${THAI} 240917ABCD12 โทร 081-234-5678 https://a.test/x`;
    desk.platform.write('a', 'buyer', text);
    await desk.begin();
    expect(await desk.read()).toMatchObject([{ state: 'done', text: `en: ${text}` }]);
    expect(desk.sentTexts()).toEqual([`${THAI} ⟦0⟧ โทร ⟦1⟧ ⟦2⟧`]);
  });

  test('what the platform translates itself is used first, and nothing is sent', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI, {
      translation: { text: 'When do you ship?', from: 'th', to: null },
    });
    desk.platform.write('a', 'buyer', `${THAI}?`, {
      translation: { text: '什么时候发货', from: null, to: 'zh_CN' },
    });
    await desk.begin();
    expect(await desk.read()).toMatchObject([
      { state: 'done', text: 'When do you ship?', by: 'platform', provider: null },
      { state: 'done', by: 'provider' },
    ]);
    expect(desk.sentTexts()).toEqual([`${THAI}?`]);
  });

  test('once the engine stops nothing is found out or sent any more', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    await desk.look();
    await desk.stop();
    desk.db.exec('DROP TABLE translators');
    await desk.clock.advance(1_000);
    expect(desk.service.requests).toEqual([]);
    expect(desk.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('on click: nothing is sent before a person asks; off: nothing is said', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    await desk.call('translation.setMode', { of: { kind: 'store', storeId: 1 }, mode: 'click' });
    expect(await desk.read()).toEqual([{ state: 'offered', from: 'th' }]);
    await desk.call('translation.setMode', { of: { kind: 'conversation', conversationId: 1 }, mode: 'off' });
    expect(await desk.read()).toEqual([null]);
    const { reading } = await desk.call('translation.conversation', { conversationId: 1 });
    expect(reading).toEqual({ mode: 'off', conversation: 'off', store: 'click' });
    expect(desk.service.requests).toEqual([]);
    await desk.call('translation.setMode', { of: { kind: 'conversation', conversationId: 1 }, mode: null });
    await desk.call('translation.ask', { messageId: 1 });
    expect(await desk.look()).toEqual([{ state: 'pending' }]);
    expect(await desk.read()).toMatchObject([{ state: 'done' }]);
    await expect(desk.call('translation.ask', { messageId: 99 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a person’s words are preferred in the whole store, and another provider does not take them away', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    desk.platform.write('b', 'buyer', THAI);
    desk.platforms.get(2)?.write('z', 'buyer', THAI);
    await desk.begin();
    for (const id of [1, 2, 3]) await desk.read(id);
    const aId =
      (await desk.call('messages.page', { conversationId: 1, at: { kind: 'latest' }, limit: 1 })).messages[0]
        ?.id ?? 0;
    await desk.call('translation.edit', { messageId: aId, text: '  When will you ship?  ' });
    const own = { state: 'done', text: 'When will you ship?', by: 'person', provider: null };
    const conversations = desk.db.prepare('SELECT id, store_id FROM conversations ORDER BY id').all() as {
      id: number;
      store_id: number;
    }[];
    for (const { id, store_id: storeId } of conversations) {
      const [view] = await desk.read(id);
      expect(view).toMatchObject(storeId === 1 ? own : { by: 'provider' });
    }
    await desk.call('translation.edit', { messageId: aId, text: '' });
    expect(await desk.read(1)).toMatchObject([{ by: 'provider', text: `en: ${THAI}` }]);
  });
});

describe('trouble', () => {
  const failing =
    (status: number, body: unknown = {}) =>
    () => ({ status, headers: {}, text: JSON.stringify(body) });

  test('nobody to ask: the original stays, with the reason', async () => {
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    expect(await desk.read()).toMatchObject([
      { state: 'failed', error: { details: { reason: 'provider-none' } } },
    ]);
  });

  test('the next provider is asked where one can not; when it is well again it comes first', async () => {
    await desk.addProvider('One');
    await desk.addProvider('Two', { address: 'http://two.test' });
    let isOneDown = true;
    desk.service.answer = (request) =>
      request.url.includes('5000') && isOneDown ? failing(503)() : translate(request);
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    expect(await desk.read()).toMatchObject([{ provider: 'Two' }]);
    expect((await desk.call('translation.providers', {}))[0]?.stop).toMatchObject({
      error: { code: 'unreachable' },
    });
    isOneDown = false;
    desk.platform.write('a', 'buyer', `${THAI}?`);
    await desk.clock.advance(60_000);
    expect((await desk.read())[1]).toMatchObject({ provider: 'One' });
  });

  test.each([
    ['fewer texts', { translatedText: ['only one'] }],
    ['no text', { translatedText: ['en: a', ''] }],
    ['HTML', { translatedText: ['<p>a</p>', '<b>b</b>'] }],
    ['nothing of the kind', { hello: 1 }],
  ])('an answer with %s is not kept, and said', async (_what, body) => {
    await desk.addProvider();
    desk.service.answer = failing(200, body);
    desk.platform.write('a', 'buyer', THAI);
    desk.platform.write('a', 'buyer', `${THAI} 1234567`);
    await desk.begin();
    expect((await desk.read())[1]).toMatchObject({
      state: 'failed',
      error: { details: { reason: 'provider-answer' } },
    });
    desk.service.answer = translate;
    await desk.clock.advance(60_000);
    expect(await desk.read()).toMatchObject([
      { state: 'done' },
      { state: 'done', text: `en: ${THAI} 1234567` },
    ]);
  });

  test('a used-up quota and a wrong key stop a provider until it is changed; too many calls for the time it says', async () => {
    const { id } = await desk.addProvider();
    const stop = async () => (await desk.call('translation.providers', {}))[0]?.stop;
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    desk.service.answer = () => ({ status: 429, headers: { 'retry-after': '90' }, text: '{}' });
    await desk.read();
    expect(await stop()).toMatchObject({
      error: { code: 'rate-limited' },
      until: desk.clock.now() + 90_000 - 20,
    });
    await desk.clock.advance(70_000);
    await desk.read();
    expect(desk.service.requests).toHaveLength(1);
    await desk.clock.advance(60_000);
    desk.service.answer = failing(403);
    await desk.read();
    expect(desk.service.requests).toHaveLength(2);
    expect(await stop()).toMatchObject({ error: { details: { reason: 'provider-key' } }, until: null });
    await desk.clock.advance(24 * 3_600_000);
    await desk.read();
    expect(desk.service.requests).toHaveLength(2);
    desk.service.answer = translate;
    expect(await desk.call('translation.testProvider', { id })).toMatchObject({
      text: expect.stringContaining('th: ') as string,
    });
    expect(await stop()).toBe(null);
  });

  test('the month’s budget: told at 80 %, nothing more is sent beyond it, and raising it helps', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    await desk.call('settings.set', { translationBudget: 17 });
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    await desk.read();
    expect(desk.asked).toMatchObject([{ method: 'notify', input: { notice: 'translation-near' } }]);
    desk.platform.write('a', 'buyer', `${THAI}?`);
    await desk.clock.advance(12_000);
    expect((await desk.read())[1]).toMatchObject({
      state: 'failed',
      error: { details: { reason: 'translation-budget' } },
    });
    expect(desk.service.requests).toHaveLength(1);
    await desk.call('settings.set', { translationBudget: 100 });
    await desk.call('translation.ask', { messageId: 2 });
    expect((await desk.read())[1]).toMatchObject({ state: 'done' });
  });

  test('a copy that is only shown asks nobody', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    desk.setReadOnly(true);
    expect(await desk.read()).toMatchObject([
      { state: 'failed', error: { details: { reason: 'translation-copy' } } },
    ]);
    expect(desk.service.requests).toEqual([]);
  });

  test('a text beyond all measure is not sent', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI.repeat(70_000));
    await desk.begin();
    expect(await desk.read()).toMatchObject([
      { state: 'failed', error: { details: { reason: 'translation-long' } } },
    ]);
    expect(desk.service.requests).toEqual([]);
  });

  test('a full disk keeps nothing and ends nothing', async () => {
    desk.service.answer = translate;
    await desk.addProvider();
    desk.platform.write('a', 'buyer', THAI);
    await desk.begin();
    desk.db.exec(
      `CREATE TRIGGER full BEFORE INSERT ON translations BEGIN SELECT raise(ABORT, 'disk full'); END`,
    );
    expect(await desk.read()).toMatchObject([{ state: 'failed' }]);
    await desk.clock.advance(60_000);
    desk.db.exec('DROP TRIGGER full');
    expect(await desk.read()).toMatchObject([{ state: 'done' }]);
  });
});
