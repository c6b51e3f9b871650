import type { Settings } from '../../src/contract/settings.ts';
import en from '../../resources/locales/en/host.json' with { type: 'json' };
import zhHans from '../../resources/locales/zh-Hans/host.json' with { type: 'json' };

/** The few texts that are shown outside the page; `preferred`: the languages of the system, the best first. */
export function hostTexts(language: Settings['language'], preferred: readonly string[]): typeof en {
  const known = preferred.find((tag) => /^(en|zh)\b/i.test(tag));
  const chosen = language === 'system' ? known?.toLowerCase() : language;
  return chosen?.startsWith('zh') === true ? zhHans : en;
}
