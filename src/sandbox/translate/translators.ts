import type { ServerResponse } from 'node:http';
import { asRecord, asText } from '../api/json.ts';
import { sendJson } from '../http/deliver.ts';
import { languageNamed, lookUp } from './phrase-book.ts';

/** Where on the command address they are. */
export const LIBRETRANSLATE_PATH = '/libretranslate';
export const DEEPL_PATH = '/deepl';
/** Any other key is refused; LibreTranslate asks for none. */
export const DEEPL_KEY = 'practice:fx';
/** As many texts in one call as DeepL takes. */
const MAX_TEXTS = 50;

/** What stands for a text that is not in the book: nobody should take it for a translation. */
function say(text: string, to: string): { text: string; from: string } {
  const language = languageNamed(to);
  const found = language === null ? null : lookUp(text, language);
  return found ?? { text: `[not in the phrase book] ${text}`, from: 'en' };
}

function textsOf(value: unknown): string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.flatMap((one) => asText(one) ?? []);
  return texts.length === list.length && texts.length > 0 ? texts : null;
}

/** LibreTranslate's `POST /translate`. */
export function libreTranslate(body: unknown, response: ServerResponse): void {
  const fields = asRecord(body) ?? {};
  const texts = textsOf(fields['q']);
  const target = asText(fields['target']);
  if (texts === null) return sendJson(response, 400, { error: 'Invalid request: missing q parameter' });
  if (target === null) return sendJson(response, 400, { error: 'Invalid request: missing target parameter' });
  if (languageNamed(target) === null) return sendJson(response, 400, { error: `${target} is not supported` });
  const said = texts.map((text) => say(text, target));
  const isList = Array.isArray(fields['q']);
  const found = said.map(({ from }) => ({ language: from, confidence: 90 }));
  sendJson(response, 200, {
    translatedText: isList ? said.map(({ text }) => text) : said[0]?.text,
    ...(fields['source'] === 'auto' ? { detectedLanguage: isList ? found : found[0] } : {}),
  });
}

/** DeepL's `POST /v2/translate`. */
export function deepl(body: unknown, authorization: string, response: ServerResponse): void {
  if (authorization !== `DeepL-Auth-Key ${DEEPL_KEY}`)
    return sendJson(response, 403, { message: 'Forbidden' });
  const fields = asRecord(body) ?? {};
  const texts = textsOf(fields['text']);
  const target = asText(fields['target_lang']);
  if (texts === null || texts.length > MAX_TEXTS) return sendJson(response, 400, { message: 'Bad request' });
  if (target === null || languageNamed(target) === null) {
    return sendJson(response, 400, { message: "Value for 'target_lang' not supported." });
  }
  const translations = texts.map((text) => {
    const said = say(text, target);
    return { detected_source_language: said.from.toUpperCase(), text: said.text };
  });
  sendJson(response, 200, { translations });
}
