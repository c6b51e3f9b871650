/** Soft grounds and the ink on them, used in turn; each pair keeps 4.5:1. */
export const avatarColours = [
  { ground: '#fde2d8', ink: '#7c2d12' },
  { ground: '#dbe7fe', ink: '#1e3a8a' },
  { ground: '#d5f2e3', ink: '#14532d' },
  { ground: '#ecdffc', ink: '#581c87' },
  { ground: '#fdebc0', ink: '#713f12' },
  { ground: '#d3eff7', ink: '#164e63' },
  { ground: '#fbdce8', ink: '#831843' },
  { ground: '#e3e6ea', ink: '#27313f' },
] as const;

const HAN = /\p{Script=Han}/u;
const THAI_OR_LAO = /[\p{Script=Thai}\p{Script=Lao}]/u;

const graphemes = (text: string): string[] =>
  [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map((part) => part.segment);

/**
 * What stands for a name in a circle. Chinese: the family name's first character. Thai: the first two characters (a vowel may be
 * written before its consonant, so one would be unreadable).
 * Vietnamese: family name and given name, as every other name in Latin script: first and last word.
 * Account names such as `dewi_88` or `+6281…` give their first letters; nothing usable gives `?`.
 */
export function initials(name: string): string {
  const words = name
    .normalize('NFC')
    .split(/[\s._\-+@/·•,()]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return '?';
  if (HAN.test(first)) return graphemes(first).find((part) => HAN.test(part)) ?? '?';
  if (THAI_OR_LAO.test(first)) return graphemes(first).slice(0, 2).join('');
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letter = (word: string): string => graphemes(word).find((part) => /[\p{L}\p{N}]/u.test(part)) ?? '';
  return `${letter(first)}${last === undefined ? '' : letter(last)}`.toLocaleUpperCase('en');
}

/** The same name always has the same colour, on every machine. */
export function avatarColour(name: string): (typeof avatarColours)[number] {
  let hash = 2166136261;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
  return avatarColours[(hash >>> 0) % avatarColours.length] ?? avatarColours[0];
}
