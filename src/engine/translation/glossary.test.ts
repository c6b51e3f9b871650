import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { THAI, translate, translationDesk, type TranslationDesk } from '../../testing/translation-desk.ts';
import { protect, restore } from './protect.ts';

let desk: TranslationDesk;
beforeEach(async () => {
  desk = await translationDesk();
});
afterEach(() => desk.end());

test('words of the glossary come through, in their store alone or in all', async () => {
  desk.service.answer = translate;
  await desk.addProvider();
  await desk.call('translation.setGlossary', { storeId: null, terms: ['AirFlow', 'AirFlow Pro'] });
  await desk.call('translation.setGlossary', { storeId: 1, terms: [' ส้ม ', 'ส้ม'] });
  expect(await desk.call('translation.glossary', { storeId: 1 })).toEqual({ terms: ['ส้ม'] });
  const text = `${THAI} airflow pro สีส้ม`;
  desk.platform.write('a', 'buyer', text);
  desk.platforms.get(2)?.write('z', 'buyer', text);
  await desk.begin();
  for (const id of [1, 2])
    expect(await desk.read(id)).toMatchObject([{ state: 'done', text: `en: ${text}` }]);
  expect(desk.sentTexts().toSorted()).toEqual([`${THAI} ⟦0⟧ สี⟦1⟧`, `${THAI} ⟦0⟧ สีส้ม`].toSorted());
  await desk.call('translation.setGlossary', { storeId: 1, terms: [] });
  expect(await desk.call('translation.glossary', { storeId: 1 })).toEqual({ terms: [] });
});

test('whatever the words and the text, the text comes back and no word of the glossary leaves', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 4 }),
      fc.string({ unit: 'grapheme' }),
      (terms, text) => {
        const whole = `${text} ${terms.join(' ')} ${text}`;
        const source = protect(whole, terms);
        expect(restore(source.masked, source)).toBe(whole);
      },
    ),
    { numRuns: 300 },
  );
  expect(protect('Foobar foo FOO.', ['foo']).masked).toBe('Foobar ⟦0⟧ ⟦1⟧.');
});
