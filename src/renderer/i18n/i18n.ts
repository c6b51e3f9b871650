import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Settings } from '../../contract/settings.ts';

/** A language the page has locale files for; the names of the folders under `resources/locales`. */
export type Language = 'en' | 'zh-Hans';
/** A feature with a locale file of its own; the names of the files. */
export type LocaleFile =
  | 'common'
  | 'network'
  | 'stores'
  | 'settings'
  | 'backups'
  | 'first-run'
  | 'panel'
  | 'conversations'
  | 'thread'
  | 'composer'
  | 'attachments'
  | 'outbox'
  | 'proxies'
  | 'browsers'
  | 'translation';
/** Looks a text up. The key is looked for in the feature's own file, then in `common`. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const files = import.meta.glob<Record<string, unknown>>('../../../resources/locales/*/*.json', {
  eager: true,
  import: 'default',
});

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, texts] of Object.entries(files)) {
  const [file = '', language = ''] = path.replace('.json', '').split('/').reverse();
  (resources[language] ??= {})[file] = texts;
}

/** The language of a setting; `system` is the first of the browser's languages that we have, else English. */
export function resolveLanguage(setting: Settings['language'], preferred: readonly string[]): Language {
  if (setting !== 'system') return setting;
  const found = preferred.map((tag) => tag.toLowerCase()).find((tag) => /^(en|zh)\b/.test(tag));
  return found?.startsWith('zh') === true ? 'zh-Hans' : 'en';
}

/** Makes texts available; call it once before the first render. */
export function startI18n(language: Language): void {
  void i18next.use(initReactI18next).init({
    resources,
    lng: language,
    fallbackLng: 'en',
    fallbackNS: 'common',
    defaultNS: 'common',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
}

/** Switches every text on the page, and what the browser reads the page as. */
export function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  if (i18next.language !== language) void i18next.changeLanguage(language);
}

/** The texts of `common` in one language, whichever is shown. */
export function textsOf(language: Language): Translate {
  const t = i18next.getFixedT(language, 'common');
  return (key, values) => t(key, { ...values });
}

/** React hook: the texts of one feature, in the language shown. */
export function useT(file: LocaleFile): Translate {
  const { t } = useTranslation(file);
  return useCallback((key, values) => t(key, { ...values }), [t]);
}

/** React hook: the language shown, for `Intl`. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-Hans' ? 'zh-Hans' : 'en';
}
