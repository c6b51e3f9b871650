import { corpusOf } from '../corpus/index.ts';
import type { Language } from '../corpus/types.ts';
import type { Prng } from './prng.ts';

/** Cuts a name where another's other half fits on: before the last word, or after the family name where it comes first. */
function halves(language: Language, name: string): [string, string] | null {
  if (language === 'zh') return /^\p{Script=Han}{3}$/u.test(name) ? [name.slice(0, 1), name.slice(1)] : null;
  const cut = language === 'vi' ? name.indexOf(' ') : name.lastIndexOf(' ');
  return cut < 0 ? null : [name.slice(0, cut + 1), name.slice(cut + 1)];
}

/** A buyer's name: one of the list as it stands, or two of them crossed, so that namesakes are rare. */
export function drawName(language: Language, prng: Prng): string {
  const { names } = corpusOf(language);
  const [one, other] = [prng.pick(names), prng.pick(names)];
  const [left, right] = [halves(language, one), halves(language, other)];
  return left === null || right === null || prng.chance(0.15) ? one : left[0] + right[1];
}
