import type { LanguageCode } from '../../../contract/languages.ts';
import { ask, refused, textsOf, tooMany, within, type Refusal } from './ask.ts';
import { accessToken, readAccount } from './google-account.ts';
import type { Provider } from './provider.ts';

const names: Partial<Record<LanguageCode, string>> = { 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW' };
const nameOf = (language: LanguageCode): string => names[language] ?? language;

/** Over a rate and over a day's quota are both 403, told apart by their reason. */
function judge({ status, headers, body }: Refusal) {
  const reasons = within(body, 'error', 'errors');
  const reason = Array.isArray(reasons) ? within(reasons[0], 'reason') : null;
  if (status === 403 && reason === 'dailyLimitExceeded') return refused('provider-quota', status);
  if (status === 403 && (reason === 'userRateLimitExceeded' || reason === 'rateLimitExceeded'))
    return tooMany(status, headers);
  // A wrong key is a bad request here.
  if (status === 400 && isKeyTrouble(body)) return refused('provider-key', status);
  return null;
}

function isKeyTrouble(body: unknown): boolean {
  const message = within(body, 'error', 'message');
  return typeof message === 'string' && /api key/i.test(message);
}

/** Cloud Translation v2 (Basic), with an API key. At most 128 texts. */
export const googleV2: Provider = {
  limits: { texts: 128, characters: 5_000 },
  translate: async (http, config, { texts, from, to }) => {
    const answer = await ask(http, {
      url: `${config.address}/language/translate/v2`,
      // In a header: an address could be written down somewhere.
      headers: { 'x-goog-api-key': config.key },
      body: {
        q: texts,
        target: nameOf(to),
        format: 'text',
        ...(from === null ? {} : { source: nameOf(from) }),
      },
      judge,
    });
    return textsOf(within(answer, 'data', 'translations'), texts.length, (item) =>
      within(item, 'translatedText'),
    );
  },
};

/** Cloud Translation v3 (Advanced), by a service account. At most 30,000 code points, 5,000 advised. */
export const googleV3: Provider = {
  limits: { texts: 1024, characters: 5_000 },
  translate: async (http, config, { texts, from, to }, now) => {
    const account = readAccount(config.key);
    const [project = '', location = 'global'] = config.place.split('/');
    const parent = `projects/${encodeURIComponent(project === '' ? account.project : project)}/locations/${encodeURIComponent(location)}`;
    const answer = await ask(http, {
      url: `${config.address}/v3/${parent}:translateText`,
      headers: { authorization: `Bearer ${await accessToken(http, account, now)}` },
      body: {
        contents: texts,
        mimeType: 'text/plain',
        targetLanguageCode: nameOf(to),
        ...(from === null ? {} : { sourceLanguageCode: nameOf(from) }),
      },
      judge,
    });
    return textsOf(within(answer, 'translations'), texts.length, (item) => within(item, 'translatedText'));
  },
};
