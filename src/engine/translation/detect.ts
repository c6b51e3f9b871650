import { detectAll } from 'tinyld';
import type { LanguageCode } from '../../contract/languages.ts';
import { hanVariant } from './han.ts';
import { protect } from './protect.ts';

/** So many characters of a text tell its language. */
export const ENOUGH = 600;

/** Languages in Latin letters, by the detector's names. Malay is Indonesian to it: which of them, the site says. */
const latin: Readonly<Record<string, LanguageCode>> = {
  en: 'en',
  id: 'id',
  tl: 'fil',
  vi: 'vi',
  es: 'es',
  pt: 'pt',
  fr: 'fr',
  de: 'de',
  it: 'it',
  nl: 'nl',
  pl: 'pl',
  tr: 'tr',
};
/** What is written on a site beside English. */
const ofSite: Readonly<Record<string, readonly LanguageCode[]>> = {
  MY: ['ms'],
  SG: ['ms'],
  ID: ['id'],
  PH: ['fil'],
  VN: ['vi'],
  TH: [],
  TW: [],
  BR: ['pt'],
  MX: ['es'],
  CL: ['es'],
  CO: ['es'],
  ES: ['es'],
};
/** A script that is one language's here. Kana before Han: Japanese is written in both. */
const scripts: readonly (readonly [RegExp, LanguageCode])[] = [
  [/\p{Script=Thai}/gu, 'th'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Myanmar}/gu, 'my'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
];
/** Short words that are one language's alone here. They tell Malay from Indonesian, and both and Filipino from the English in them. */
const OWN_WORDS: Partial<Record<LanguageCode, RegExp>> = {
  ms: /(?<!\p{L})(?:tak|nak|kat|dah|boleh|bila|macam|awak|lah|je|hantar|saya tanya|ya sis)(?!\p{L})/giu,
  id: /(?<!\p{L})(?:gak|nggak|ga|kak|min|aja|kapan|gimana|udah|ongkir|bisa|dong|banget|mksh|makasih)(?!\p{L})/giu,
  fil: /(?<!\p{L})(?:po|opo|ba|lang|naman|kasi|yung|pag|meron|magkano|kailan|salamat|ang|ng)(?!\p{L})/giu,
};

/**
 * The language a text is written in, found on this machine; null where it has no words, or too few to say. `site` is the
 * two letters of the store's: it decides between languages that share their words. Of a text in several languages it is
 * the one most of it is in; a Latin brand name in a Thai sentence makes it no English.
 */
export function detectLanguage(text: string, site: string): LanguageCode | null {
  const words = protect(text.slice(0, ENOUGH)).masked.replaceAll(/⟦\d+⟧/gu, ' ');
  const letters = count(words, /\p{L}/gu);
  if (letters === 0) return null;
  for (const [script, language] of scripts) {
    const own = count(words, script);
    // Kana are few beside Han; of the others even some are more than a name.
    if (own > 0 && own >= letters * (language === 'ja' ? 0.05 : 0.2)) return language;
  }
  if (count(words, /\p{Script=Han}/gu) >= letters * 0.2) return hanVariant(words, site);
  return letters < 2 ? null : ofLatin(words, site);
}

function ofLatin(words: string, site: string): LanguageCode | null {
  const own = (ofSite[site] ?? []).find((language) => countOwn(words, language) > 0);
  if (own !== undefined) return ofMalay(own, words, site);
  const found = detectAll(words, { only: Object.keys(latin) }).flatMap(({ lang, accuracy }) => {
    const language = latin[lang];
    return language === undefined ? [] : [{ language: ofMalay(language, words, site), accuracy }];
  });
  const [first] = found;
  if (first === undefined) return null;
  const local = ofSite[site] ?? [];
  // Short texts are close to several languages: then what is spoken there is likelier.
  const close = found.find(
    ({ language, accuracy }) => local.includes(language) && accuracy >= first.accuracy * 0.8,
  );
  return (close ?? first).language;
}

function ofMalay(language: LanguageCode, words: string, site: string): LanguageCode {
  if (language !== 'id' && language !== 'ms') return language;
  const [malay, indonesian] = [countOwn(words, 'ms'), countOwn(words, 'id')];
  if (malay !== indonesian) return malay > indonesian ? 'ms' : 'id';
  return site === 'MY' || site === 'SG' ? 'ms' : 'id';
}

function countOwn(text: string, language: LanguageCode): number {
  const words = OWN_WORDS[language];
  return words === undefined ? 0 : count(text, words);
}

function count(text: string, of: RegExp): number {
  return text.match(of)?.length ?? 0;
}
