import { restore, type Protected } from './protect.ts';

const TAG = /<\/?(?:!doctype|html|head|body|div|span|p|br|b|i|a|script|font)\b[^>]{0,200}>/i;
const ENTITY = /&(?:amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);/i;

/**
 * The translation that a provider's answer is, with everything in its place; null for one that can't be one: empty,
 * without or with changed marks, in HTML where the text is not, or far longer than its text.
 */
export function judge(source: Protected, answer: string): string | null {
  if ([...answer].length > [...source.masked].length * 8 + 200) return null;
  const text = restore(answer, source)?.toWellFormed().trim() ?? '';
  if (text === '') return null;
  for (const sign of [TAG, ENTITY]) if (sign.test(answer) && !sign.test(source.masked)) return null;
  return text;
}
