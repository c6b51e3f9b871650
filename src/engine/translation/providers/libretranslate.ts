import type { LanguageCode } from '../../../contract/languages.ts';
import { ask, badAnswer, refused, textsOf, within } from './ask.ts';
import type { Provider } from './provider.ts';

const names: Partial<Record<LanguageCode, string>> = { 'zh-Hans': 'zh', 'zh-Hant': 'zt', fil: 'tl' };
const nameOf = (language: LanguageCode): string => names[language] ?? language;

/** LibreTranslate. Its limits are its operator's; an unsupported pair and a missing key are both 400. */
export const libretranslate: Provider = {
  limits: { texts: 50, characters: 5_000 },
  translate: async (http, config, { texts, from, to }) => {
    const answer = await ask(http, {
      url: `${config.address}/translate`,
      body: {
        q: texts,
        source: from === null ? 'auto' : nameOf(from),
        target: nameOf(to),
        format: 'text',
        ...(config.key === '' ? {} : { api_key: config.key }),
      },
      judge: ({ status, body }) => {
        const message = within(body, 'error');
        if (status !== 400 || typeof message !== 'string') return null;
        if (/api key/i.test(message)) return refused('provider-key', status);
        return /not supported|unsupported/i.test(message) ? refused('provider-language', status) : null;
      },
    });
    const found = within(answer, 'translatedText');
    if (found === undefined) throw badAnswer('without a text');
    return textsOf(Array.isArray(found) ? found : [found], texts.length, (text) => text);
  },
};
