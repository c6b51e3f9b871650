import { expect, test } from 'vitest';
import type { LanguageCode } from '../../contract/languages.ts';
import { corpusOf } from '../../sandbox/corpus/index.ts';
import type { Language } from '../../sandbox/corpus/types.ts';
import { detectLanguage } from './detect.ts';

test.each<[string, string, LanguageCode | null]>([
  ['Kapan dikirim ya?', 'ID', 'id'],
  ['Boleh cod tak', 'MY', 'ms'],
  ['Min, harusnya paket saya sampai hari ini', 'SG', 'id'],
  ['con hang khong shop', 'VN', 'vi'],
  ['¿Cuándo llega mi pedido?', 'MX', 'es'],
  ['Quando chega meu pedido?', 'BR', 'pt'],
  ['Magkano po ang shipping?', 'PH', 'fil'],
  ['Is this still available?', 'PH', 'en'],
  ['いつ発送されますか', 'SG', 'ja'],
  ['재고 있나요', 'SG', 'ko'],
  ['物流在哪裡', 'SG', 'zh-Hant'],
  ['什么时候发货', 'TW', 'zh-Hans'],
  ['好', 'TW', 'zh-Hant'],
  // Mixed: what most of it is, and not the name in it.
  ['iPhone 15 Pro Max สีดำ มีของไหม', 'TH', 'th'],
  ['SPX9599829141 一直没有更新', 'SG', 'zh-Hans'],
  ['👍👍', 'TH', null],
  ['12345678', 'TH', null],
  ['', 'TH', null],
])('%s on the site %s is %s', (text, site, language) => {
  expect(detectLanguage(text, site)).toBe(language);
});

const sites: Readonly<Record<Language, string>> = {
  en: 'SG',
  id: 'ID',
  th: 'TH',
  vi: 'VN',
  ms: 'MY',
  fil: 'PH',
  zh: 'SG',
};

test('of the buyers’ usual sentences nearly all are told right', () => {
  const wrong: string[] = [];
  let all = 0;
  for (const language of Object.keys(sites) as Language[]) {
    for (const text of Object.values(corpusOf(language).phrases).flat()) {
      const words = text.replaceAll(/\{\w+\}/g, '').trim();
      if (!/\p{L}/u.test(words)) continue;
      all += 1;
      const found = detectLanguage(words, sites[language]);
      const wanted = language === 'zh' ? 'zh-Hans' : language;
      if (found !== wanted) wrong.push(`${wanted} as ${found}: ${words}`);
    }
  }
  expect(wrong.length / all, wrong.join('\n')).toBeLessThan(0.03);
});

test('a megabyte, half characters and marks of direction are read like any text', () => {
  expect(detectLanguage('ส่งของวันไหนคะ '.repeat(60_000), 'TH')).toBe('th');
  expect(detectLanguage('\uD800 \u202eเมื่อไหร่จะส่ง', 'TH')).toBe('th');
});
