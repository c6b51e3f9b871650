import { afterEach, beforeEach, expect, test } from 'vitest';
import { THAI, translate, translationDesk, type TranslationDesk } from '../../testing/translation-desk.ts';

let desk: TranslationDesk;
beforeEach(async () => {
  desk = await translationDesk();
});
afterEach(() => desk.end());

test('all that is kept comes with its messages, in pieces; one conversation’s is deleted alone', async () => {
  desk.service.answer = translate;
  await desk.addProvider();
  const long = 'ก'.repeat(4_000);
  for (let n = 0; n < 60; n += 1)
    desk.platform.write(`t${n}`, 'buyer', `${THAI} ${n} ${n === 0 ? '' : long}`);
  await desk.begin();
  for (let id = 1; id <= 60; id += 1) await desk.read(id);
  const all = [];
  let pieces = 0;
  for (let after: number | null = 0; after !== null; pieces += 1) {
    const {
      rows,
      next,
    }: { rows: readonly { original: string; translation: string }[]; next: number | null } = await desk.call(
      'translation.export',
      { after },
    );
    all.push(...rows);
    after = next;
  }
  expect(pieces).toBeGreaterThan(2);
  expect(all).toHaveLength(60);
  for (const { original, translation } of all) expect(translation).toBe(`en: ${original.trim()}`);
  await desk.call('translation.clear', { storeId: null, conversationId: 3 });
  const [size] = await desk.call('translation.sizes', {});
  expect(size?.translations).toBe(59);
  // Nor is it found by those words any more, but by its own.
  const found = async (keyword: string): Promise<number[]> =>
    (await desk.call('conversations.list', { filter: { keyword }, sort: 'newest', limit: 100 })).rows.map(
      ({ id }) => id,
    );
  expect(await found('en')).not.toContain(3);
  expect(await found('en')).toContain(4);
  expect(await found(THAI)).toContain(3);
});
