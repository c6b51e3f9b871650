import type { LanguageCode } from '../../../contract/languages.ts';
import { ask, refused, textsOf, within } from './ask.ts';
import type { Provider } from './provider.ts';

/** Azure's names where they differ. */
const names: Partial<Record<LanguageCode, string>> = { pt: 'pt-br' };
const nameOf = (language: LanguageCode): string => names[language] ?? language;

/** Azure Translator v3. The free month is used up: 403001. */
export const azure: Provider = {
  limits: { texts: 1000, characters: 50_000 },
  translate: async (http, config, { texts, from, to }) => {
    const source = from === null ? '' : `&from=${nameOf(from)}`;
    const answer = await ask(http, {
      url: `${config.address}/translate?api-version=3.0&textType=plain&to=${nameOf(to)}${source}`,
      headers: {
        'ocp-apim-subscription-key': config.key,
        ...(config.place === '' ? {} : { 'ocp-apim-subscription-region': config.place }),
      },
      body: texts.map((text) => ({ Text: text })),
      judge: ({ status, body }) => {
        const code = within(body, 'error', 'code');
        if (code === 403_001) return refused('provider-quota', status);
        return code === 400_035 || code === 400_036 ? refused('provider-language', status) : null;
      },
    });
    return textsOf(answer, texts.length, (item) => within(item, 'translations', 0, 'text'));
  },
};
