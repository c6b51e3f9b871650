/** Marks over and under Latin letters: tones and accents of Vietnamese, Filipino, Indonesian. */
const LATIN_MARKS = /[\u0300-\u036f]/g;
/** Thai tone marks and the signs that only silence or shorten; people leave them out. Vowels stay. */
const THAI_MARKS = /[\u0e47-\u0e4c\u0e4e]/g;
/** Invisible: joiners, soft hyphens, direction marks, variation selectors of emoji. */
const INVISIBLE = /[\p{Cf}\ufe00-\ufe0f]/gu;
/** Spaces, line ends, control characters, and the private area, where the index keeps its own marks. */
const GAPS = /[\s\p{Z}\p{Cc}\p{Co}]+/gu;

const PLAIN = /^[ -~]*$/;

/** Letters that carry their stroke in themselves, so that no mark comes off. */
const STROKED: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ł: 'l', ø: 'o', ħ: 'h', ı: 'i', ς: 'σ' };

/**
 * The form in which texts are compared: width, case, accents and tone marks do not count, runs of spaces are one.
 * Any string is taken, half surrogate pairs included.
 */
export function normalise(text: string): string {
  // Most Latin texts are plain: nothing of what follows would change them.
  if (PLAIN.test(text)) return text.toLowerCase().replace(/ +/g, ' ').trim();
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(LATIN_MARKS, '')
    .replace(THAI_MARKS, '')
    .replace(INVISIBLE, '')
    .replace(/[đðłøħıς]/g, (letter) => STROKED[letter] ?? letter)
    .normalize('NFC')
    .replace(GAPS, ' ')
    .trim();
}

/** The words of a query or a text: what stands between spaces, normalised. */
export function words(text: string): string[] {
  const clean = normalise(text);
  return clean === '' ? [] : clean.split(' ');
}
