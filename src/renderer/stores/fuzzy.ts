/** Text as it is compared: small letters, without Latin accents. Marks of other scripts carry meaning and stay. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('đ', 'd');
}

/** Letters of `word` that stand in `text` in this order from the start of a word on; the closer the better. Null if not all. */
function scattered(word: string, text: string): number | null {
  const start = ` ${text}`.indexOf(` ${word[0] ?? ''}`);
  if (start === -1) return null;
  let at = start - 1;
  let gaps = 0;
  for (const letter of word) {
    const next = text.indexOf(letter, at + 1);
    if (next === -1) return null;
    if (next !== at + 1) gaps += 1;
    at = next;
  }
  return Math.max(1, 20 - 4 * gaps);
}

function scoreWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at === 0) return 100;
  if (at > 0) return text[at - 1] === ' ' ? 80 : 50;
  return scattered(word, text);
}

/**
 * How well a typed text fits; higher is better, null when it does not. Every word typed must be found:
 * at the start, at the start of a word, anywhere, or as letters in order.
 */
export function score(query: string, text: string): number | null {
  const folded = fold(text);
  let sum = 0;
  for (const word of fold(query).split(/\s+/).filter(Boolean)) {
    const one = scoreWord(word, folded);
    if (one === null) return null;
    sum += one;
  }
  return sum - Math.min(9, folded.length / 10);
}
