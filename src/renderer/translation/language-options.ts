import { languageCodes, type LanguageCode } from '../../contract/languages.ts';
import { useLanguageName } from './words.ts';

/** React hook: every language that is translated between, by its name here. */
export function useLanguageOptions(): { value: LanguageCode; label: string }[] {
  const nameOf = useLanguageName();
  return languageCodes.map((value) => ({ value, label: nameOf(value) }));
}
