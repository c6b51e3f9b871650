import { languageCodes, type LanguageCode } from '../../contract/languages.ts';
import type { Settings } from '../../contract/settings.ts';

/** The language messages are read in: the one set, else that of the screen. */
export function readingLanguage({
  translateTo,
  language,
}: Pick<Settings, 'translateTo' | 'language'>): LanguageCode {
  if (translateTo !== 'system') return translateTo;
  return language === 'system' ? ofComputer() : language;
}

let computers: LanguageCode | null = null;

/** Asked once: it is wanted for every message shown. */
function ofComputer(): LanguageCode {
  computers ??= languageNamed(Intl.DateTimeFormat().resolvedOptions().locale) ?? 'en';
  return computers;
}

/** The language a tag such as `zh-TW` or `zh_Hans` means; null for one that is not translated, or is none. */
export function languageNamed(tag: string | null): LanguageCode | null {
  try {
    return tag === null ? null : ofLocale(new Intl.Locale(tag.replaceAll('_', '-')));
  } catch {
    return null;
  }
}

function ofLocale(locale: Intl.Locale): LanguageCode | null {
  const { language, script } = locale.maximize();
  const code = language === 'zh' ? `zh-${script ?? 'Hans'}` : language === 'tl' ? 'fil' : language;
  return languageCodes.find((one) => one === code) ?? null;
}
