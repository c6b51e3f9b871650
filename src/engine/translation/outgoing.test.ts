import { afterEach, beforeEach, expect, test } from 'vitest';
import { THAI, translate, translationDesk, type TranslationDesk } from '../../testing/translation-desk.ts';

let desk: TranslationDesk;
beforeEach(async () => {
  desk = await translationDesk();
});
afterEach(() => desk.end());

const draft = async (text: string, to: 'th' | 'ms' = 'th') => {
  const asked = desk.call('translation.draft', { conversationId: 1, text, to });
  const [answer] = await Promise.all([asked, desk.clock.advance(50)]);
  return answer.text;
};
const outgoing = async () => (await desk.call('translation.conversation', { conversationId: 1 })).answers;

test('go into the buyer’s language where that is wanted, and the conversation can have it another way', async () => {
  for (const text of [THAI, 'ok', 'มีของไหมคะ']) desk.platform.write('a', 'buyer', text);
  await desk.begin();
  await desk.look();
  expect(await outgoing()).toEqual({ to: null, buyer: 'th', chosen: null, back: 'en' });
  await desk.call('settings.set', { translateAnswers: true });
  expect(await outgoing()).toMatchObject({ to: 'th' });
  for (const to of ['vi', 'off'] as const) {
    await desk.call('translation.setOutgoing', { conversationId: 1, to });
    expect(await outgoing()).toMatchObject({ to: to === 'off' ? null : to, chosen: to });
  }
  await desk.call('settings.set', { translateTo: 'th' });
  await desk.call('translation.setOutgoing', { conversationId: 1, to: null });
  expect(await outgoing()).toMatchObject({ to: null });
});

test('are translated once, not at all where they are in that language, and never kept wrong', async () => {
  await desk.addProvider();
  desk.platform.write('a', 'buyer', THAI);
  await desk.call('settings.set', { translateMode: 'off' });
  await desk.begin();
  await desk.look();
  desk.service.answer = () => ({
    status: 200,
    headers: {},
    text: JSON.stringify({ translatedText: [''] }),
  });
  await expect(draft('We ship order 1234567 today')).rejects.toMatchObject({
    details: { reason: 'provider-answer' },
  });
  desk.service.answer = translate;
  expect(await draft('We ship order 1234567 today')).toBe('th: We ship order 1234567 today');
  expect(await draft(' We ship order 1234567 today ')).toBe('th: We ship order 1234567 today');
  expect(desk.service.requests).toHaveLength(2);
  // Short words in Latin letters are close to several languages: they never pass for the buyer's.
  expect(await draft('Can', 'ms')).toBe('ms: Can');
  expect(desk.service.requests).toHaveLength(3);
  desk.service.requests.pop();
  expect(await draft('ส่งวันนี้ค่ะ')).toBe(null);
  expect(await draft('👍 1234567')).toBe(null);
  expect(desk.service.requests).toHaveLength(2);
});

test('what was meant stays beside what went out, until that is changed; a person’s own words are preferred next time', async () => {
  await desk.addProvider();
  desk.service.answer = translate;
  desk.platform.write('a', 'buyer', THAI);
  await desk.begin();
  await desk.look();
  const words = 'ส่งวันนี้ค่ะ';
  await desk.call('translation.prefer', { conversationId: 1, text: 'Today', words, to: 'th' });
  const clientId = '01900000-0000-7000-8000-000000000001';
  desk.setGate('offline');
  const sent = await desk.call('outbox.send', { conversationId: 1, clientId, text: words, meant: 'Today' });
  expect(sent).toMatchObject({ text: words, meant: 'Today', translation: null });
  const last = async () =>
    (await desk.call('messages.page', { conversationId: 1, at: { kind: 'latest' }, limit: 1 })).messages[0];
  expect(await last()).toMatchObject({ text: words, meant: 'Today', translation: null });
  expect(await draft('Today')).toBe(words);
  // Its way back is asked for, not taken from what was meant.
  expect(await draft(words, 'ms')).toBe(`ms: ${words}`);
  await desk.call('outbox.edit', { messageId: sent.id, text: 'ส่งพรุ่งนี้ค่ะ' });
  expect(await last()).toMatchObject({ text: 'ส่งพรุ่งนี้ค่ะ', meant: null });
});
