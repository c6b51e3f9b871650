import type { LanguageCode } from '../../../contract/languages.ts';
import { ask, refused, textsOf, tooMany, within } from './ask.ts';
import type { Provider } from './provider.ts';

/** DeepL's names where they differ. Reference, translation.md 1; Filipino and Malay are not offered by every plan. */
const targets: Partial<Record<LanguageCode, string>> = {
  en: 'EN-US',
  'zh-Hans': 'ZH-HANS',
  'zh-Hant': 'ZH-HANT',
  pt: 'PT-BR',
  fil: 'TL',
};
const sources: Partial<Record<LanguageCode, string>> = { 'zh-Hans': 'ZH', 'zh-Hant': 'ZH', fil: 'TL' };

/** DeepL API v2. Too many: 429 and 529. The month's characters are used up: 456. */
export const deepl: Provider = {
  // 128 KiB a request; a code point of a text takes up to six bytes of JSON.
  limits: { texts: 50, characters: 20_000 },
  translate: async (http, config, { texts, from, to }) => {
    const answer = await ask(http, {
      url: `${config.address}/v2/translate`,
      headers: { authorization: `DeepL-Auth-Key ${config.key}` },
      body: {
        text: texts,
        target_lang: targets[to] ?? to.toUpperCase(),
        ...(from === null ? {} : { source_lang: sources[from] ?? from.toUpperCase() }),
        preserve_formatting: true,
      },
      judge: ({ status, headers, body }) => {
        if (status === 456) return refused('provider-quota', status);
        if (status === 529) return tooMany(status, headers);
        const message = within(body, 'message');
        const isLanguage = typeof message === 'string' && /(?:target|source)_lang/i.test(message);
        return status === 400 && isLanguage ? refused('provider-language', status) : null;
      },
    });
    return textsOf(within(answer, 'translations'), texts.length, (item) => within(item, 'text'));
  },
};
