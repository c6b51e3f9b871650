import { useCallback, useMemo } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import { useLanguage, useT } from '../i18n/i18n.ts';
import { useErrorText } from '../ui/error-text.ts';

const REASONS: ReadonlySet<string> = new Set([
  'provider-none',
  'provider-key',
  'provider-quota',
  'provider-language',
  'provider-refused',
  'provider-busy',
  'provider-down',
  'provider-answer',
  'translation-budget',
  'translation-long',
  'translation-copy',
  'proxy-ended',
  'proxy-disabled',
]);

/** React hook: why something was not translated, in plain words. */
export function useTranslationError(): (error: ErrorShape) => string {
  const t = useT('translation');
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const reason = error.details?.reason ?? '';
      return REASONS.has(reason) ? t(`reason.${reason}`) : errorText(error);
    },
    [t, errorText],
  );
}

/** React hook: a language's name in the language of the screen. */
export function useLanguageName(): (code: LanguageCode) => string {
  const language = useLanguage();
  return useMemo(() => {
    const names = new Intl.DisplayNames([language], { type: 'language' });
    return (code) => names.of(code) ?? code;
  }, [language]);
}
