import { languageCodes, type LanguageCode } from '../../contract/languages.ts';
import type { Settings } from '../../contract/settings.ts';

/** The language messages are read in: the one set, else that of the screen. */
export function readingLanguage({
  translateTo,
  language,
}: Pick<Settings, 'translateTo' | 'language'>): LanguageCode {
  if (translateTo !== 'system') return translateTo;
  return language === 'system' ? ofComputer(Intl.DateTimeFormat().resolvedOptions().locale) : language;
}

/** The language of a locale such as `zh-TW`; English where it is not translated into. */
export function ofComputer(locale: string): LanguageCode {
  const { language, script } = new Intl.Locale(locale).maximize();
  const code = language === 'zh' ? `zh-${script ?? 'Hans'}` : language === 'tl' ? 'fil' : language;
  return languageCodes.find((one) => one === code) ?? 'en';
}
