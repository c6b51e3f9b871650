import { displayText } from '../panel/display-text.ts';

/** A stretch of a message: words, or a link with the address it leads to, which is what is shown and nothing else. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string };

/** Longer ones are no address anybody meant; the contract takes as many characters. */
const LONGEST = 8000;

/** Characters nobody sees, and those that turn what stands beside them: within an address they only mislead. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * `https://`, `http://`, or `www.` where a word begins: Chinese and Thai write no blanks, so letters of those may stand
 * right before a scheme. Ends at blanks, quotes, brackets that never are in an address, and the marks of Chinese sentences.
 */
const address =
  /(?:https?:\/\/|(?<![\w.@/-])www\.)[^\s<>"`{}|\\^\u3000-\u303F\uFF00-\uFF0F\uFF1A-\uFF20\uFF5B-\uFF65\u2018-\u201F\u2026]+/giu;

/** Which bracket an ending one closes. */
const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

/** Without what belongs to the sentence around it: its full stop, and a bracket that was opened before it. */
function trimmed(text: string): string {
  const counts = new Map<string, number>();
  for (const sign of text.match(/[()[\]]/gu) ?? []) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  let end = text.length;
  for (; end > 0; end -= 1) {
    const last = text[end - 1] ?? '';
    const begin = opening[last];
    const ends = counts.get(last) ?? 0;
    const isStray = begin !== undefined && ends > (counts.get(begin) ?? 0);
    if (!isStray && !/[.,;:!?'*_~]/u.test(last)) break;
    if (begin !== undefined) counts.set(last, ends - 1);
  }
  return text.slice(0, end);
}

/** Whether this can be opened as a web address, with a host. */
function isAddress(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && parsed.hostname.length > 0 && url.length <= LONGEST;
}

/**
 * A stranger's text in stretches, in order; put together they are the text as it is shown, but for characters nobody sees
 * within links. What a link leads to is what it shows, with a scheme where it had none.
 */
export function piecesOf(text: string): readonly Piece[] {
  const shown = displayText(text);
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of shown.matchAll(address)) {
    const whole = trimmed(found[0]);
    const visible = whole.replace(unseen, '');
    const url = /^https?:/iu.test(visible) ? visible : `https://${visible}`;
    if (!isAddress(url)) continue;
    if (found.index > from) pieces.push({ kind: 'words', text: shown.slice(from, found.index) });
    pieces.push({ kind: 'link', text: visible, url });
    from = found.index + whole.length;
  }
  if (from < shown.length || pieces.length === 0) pieces.push({ kind: 'words', text: shown.slice(from) });
  return pieces;
}
