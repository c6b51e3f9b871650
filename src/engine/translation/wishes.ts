import type { LanguageCode } from '../../contract/languages.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { detectLanguage, ENOUGH } from './detect.ts';
import type { Glossary } from './glossary.ts';
import { hasWords, protect } from './protect.ts';
import type { SourceRow } from './queries.ts';
import { readingLanguage } from './reading-language.ts';
import { remember } from './remember.ts';
import { textHash, textToTranslate } from './text-hash.ts';
import { MAX_TEXT } from './work.ts';

/** A text of one conversation, and what it is to become. */
export interface Wish {
  /** The same for equal texts in any store, but for those with terms of its own. */
  readonly key: string;
  readonly text: string;
  readonly hash: Buffer;
  readonly from: LanguageCode | null;
  readonly to: LanguageCode;
  /** Words in it that come through as they are in this store. */
  readonly terms: readonly string[];
  readonly source: SourceRow;
}

/** What texts ask for. */
export interface Wishes {
  /** To be read; null where it is in a language that is read here, or has no words. */
  toRead(source: SourceRow): Wish | null;
  /** In a certain language, whatever it is in; null where it has no words. */
  inLanguage(source: SourceRow, to: LanguageCode): Wish | null;
  /** What a text is written in; null where nobody can tell. Takes its time for one that was not seen lately. */
  languageOf(text: string, site: string): LanguageCode | null;
  /** The same of one that was; else undefined. */
  knownLanguage(text: string, site: string): LanguageCode | null | undefined;
}

export function createWishes(settings: SettingsReader, glossary: Pick<Glossary, 'termsIn'>): Wishes {
  /** Of texts seen lately, by site. */
  const languages = new Map<string, LanguageCode | null>();
  const keyOf = (text: string, site: string): string => `${site} ${text.slice(0, ENOUGH)}`;
  const languageOf = (text: string, site: string): LanguageCode | null => {
    const key = keyOf(text, site);
    const known = languages.get(key);
    if (known !== undefined) return known;
    const found = detectLanguage(textToTranslate(text), site);
    remember(languages, key, found);
    return found;
  };
  const wish = (text: string, source: SourceRow, from: LanguageCode | null, to: LanguageCode): Wish => {
    const hash = textHash(text);
    const terms = glossary.termsIn(source.store_id, text);
    const whose = terms.length === 0 ? '' : source.store_id;
    return { key: `${hash.toString('hex')} ${to} ${whose}`, text, hash, from, to, terms, source };
  };
  /** Null where it has no words. One that is too long to be translated is not looked through either. */
  const wordsOf = ({ text: words }: SourceRow): string | null => {
    const text = textToTranslate(words ?? '');
    return text === '' || (text.length <= MAX_TEXT * 2 && !hasWords(protect(text))) ? null : text;
  };
  return {
    languageOf,
    knownLanguage: (text, site) => languages.get(keyOf(text, site)),
    toRead: (source) => {
      const text = wordsOf(source);
      if (text === null) return null;
      const to = readingLanguage(settings.read());
      const from = languageOf(text, source.site);
      const isRead = from === to || (from !== null && settings.read().languagesRead.includes(from));
      return isRead ? null : wish(text, source, from, to);
    },
    inLanguage: (source, to) => {
      const text = wordsOf(source);
      return text === null ? null : wish(text, source, languageOf(text, source.site), to);
    },
  };
}
