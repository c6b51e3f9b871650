/** Longest text that is kept of one message, in UTF-16 units. No platform lets a person write a tenth of it. */
const maxTextLength = 100_000;
const maxUrlLength = 4000;

/** Text without NUL and lone surrogates, which neither SQLite nor a socket carries faithfully; capped. */
export function cleanText(text: string): string {
  let clean = text.length > maxTextLength ? text.slice(0, maxTextLength) : text;
  if (clean.includes('\0')) clean = clean.replaceAll('\0', '');
  return clean.isWellFormed()
    ? clean
    : clean.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '');
}

/** The address if it is a plain http or https one, else null: other schemes could reach files or run code. */
export function cleanUrl(text: string | null): string | null {
  if (text === null || text.length > maxUrlLength) return null;
  // Lazada prints addresses without a scheme.
  const address = text.startsWith('//') ? `https:${text}` : text;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}
