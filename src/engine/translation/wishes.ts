import type { LanguageCode } from '../../contract/languages.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { detectLanguage, ENOUGH } from './detect.ts';
import type { Glossary } from './glossary.ts';
import { hasWords, protect } from './protect.ts';
import type { SourceRow } from './queries.ts';
import { readingLanguage } from './reading-language.ts';
import { remember } from './remember.ts';
import type { Wish } from './shelf.ts';
import { MAX_TEXT } from './work.ts';
import { textHash, textToTranslate } from './text-hash.ts';

/** What a message asks for; null where it is in a language that is read here, or has no words. */
export type WishOf = (source: SourceRow) => Wish | null;

/** What equal wishes have in common. */
export function wishKey(hash: Buffer, to: LanguageCode, storeId: number, terms: readonly string[]): string {
  return `${hash.toString('hex')} ${to} ${terms.length === 0 ? '' : storeId}`;
}

export function createWishes(
  settings: Pick<LiveSettings, 'read' | 'onChange'>,
  glossary: Pick<Glossary, 'termsIn'>,
): WishOf {
  let said = settings.read();
  settings.onChange(() => {
    said = settings.read();
  });
  /** Of texts seen lately, by site. */
  const languages = new Map<string, LanguageCode | null>();
  const languageOf = (text: string, site: string): LanguageCode | null => {
    const key = `${site} ${text.slice(0, ENOUGH)}`;
    const known = languages.get(key);
    if (known !== undefined) return known;
    const found = detectLanguage(text, site);
    remember(languages, key, found);
    return found;
  };
  return (source) => {
    const text = textToTranslate(source.text ?? '');
    // One that is too long to be translated is not looked through either.
    if (text === '' || (text.length <= MAX_TEXT * 2 && !hasWords(protect(text)))) return null;
    const to = readingLanguage(said);
    const from = languageOf(text, source.site);
    if (from === to || (from !== null && said.languagesRead.includes(from))) return null;
    const hash = textHash(text);
    const terms = glossary.termsIn(source.store_id, text);
    return { key: wishKey(hash, to, source.store_id, terms), text, hash, from, to, terms, source };
  };
}
