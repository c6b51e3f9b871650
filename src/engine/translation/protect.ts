/** What must come through a translation as it is, and what must not leave. */
export interface Protected {
  /** The text with marks ⟦0⟧, ⟦1⟧ … in the place of what is kept back. */
  readonly masked: string;
  readonly kept: readonly string[];
}

/**
 * Kept back, the first that fits at a place: marks of our own (a buyer may write them), links, e-mail addresses, names
 * with @, prices, phone numbers, and numbers of orders and parcels: five digits or more, or letters and digits together.
 * Every repetition is bounded: a buyer may write a megabyte of anything.
 */
const KEPT = [
  String.raw`⟦\d*⟧?|⟧`,
  String.raw`(?:https?:\/\/|www\.)[^\s<>"'，。！？、；：）】》]+`,
  String.raw`(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}`,
  String.raw`@[\p{L}\p{N}_.]{2,30}`,
  // A currency before or behind its figure.
  String.raw`(?:RM|Rp\.?|US\$|S\$|NT\$|HK\$|R\$|PHP|IDR|MYR|SGD|THB|VND|USD|CNY|RMB|[$€£¥₱฿₫₩₹])\s?\d(?:[\d.,]{0,18}\d)?(?:\s?(?:k|rb|jt))?(?![\p{L}])`,
  String.raw`\d(?:[\d.,]{0,18}\d)?\s?(?:₫|đ(?![\p{L}])|฿|₱|€|£|¥|₩|₹|元|บาท|USD|VND|IDR|MYR|SGD|THB|PHP)`,
  // A phone number: a plus, or a nought before at least six more figures in groups.
  String.raw`\+\d(?:[\s().-]?\d){6,14}`,
  String.raw`(?<![\p{L}\p{N}])0\d(?:[\s.-]?\d){6,12}(?!\d)`,
  String.raw`(?<![\p{L}\p{N}])(?=[A-Za-z\d-]{0,39}\d)(?=[A-Za-z\d-]{0,39}[A-Za-z])[A-Z\d][A-Za-z\d-]{5,39}(?![\p{L}\p{N}])`,
  String.raw`\d{5,}`,
].join('|');
const kept = new RegExp(KEPT, 'gu');
const mark = /⟦(\d+)⟧/gu;

/**
 * Puts marks in the place of what is to come through unchanged, and of phone numbers and addresses of mail and web.
 * `terms`: words that come through too, however they are written in capitals.
 */
export function protect(text: string, terms: readonly string[] = []): Protected {
  const found: string[] = [];
  const masked = text.replaceAll(terms.length === 0 ? kept : withTerms(terms), (part) => {
    found.push(part);
    return `⟦${found.length - 1}⟧`;
  });
  return { masked, kept: found };
}

/** The longest first: one may begin with another. Beside letters of its own kind a word in Latin letters is another word. */
function withTerms(terms: readonly string[]): RegExp {
  const sorted = terms.toSorted((a, b) => b.length - a.length);
  const words = sorted.map((term) => {
    const source = term.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
    const before = /^[\p{Script=Latin}\p{N}]/u.test(term) ? String.raw`(?<![\p{Script=Latin}\p{N}])` : '';
    const after = /[\p{Script=Latin}\p{N}]$/u.test(term) ? String.raw`(?![\p{Script=Latin}\p{N}])` : '';
    return `${before}${source}${after}`;
  });
  // Only the words themselves are written in any way; order numbers and prices keep their capitals.
  return new RegExp(`${words.map((word) => `(?i:${word})`).join('|')}|${KEPT}`, 'gu');
}

/** The translated text with everything back in its place; null where a mark was lost, changed or doubled. */
export function restore(translated: string, { kept: parts }: Protected): string | null {
  const seen = [...translated.matchAll(mark)].map(([, number]) => Number(number));
  const isWhole = seen.length === parts.length && new Set(seen).size === parts.length;
  if (!isWhole || seen.some((number) => number >= parts.length)) return null;
  const rest = translated.replaceAll(mark, '');
  if (/[⟦⟧]/u.test(rest)) return null;
  return translated.replaceAll(mark, (_, number: string) => parts[Number(number)] ?? '');
}

/** Whether anything is left that a translation could change. */
export function hasWords({ masked }: Protected): boolean {
  return /\p{L}/u.test(masked.replaceAll(mark, ''));
}
