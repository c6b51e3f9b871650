/** Hands the number to `JSON.stringify` as these digits: ids beyond 2^53 stay whole. */
export function bareNumber(digits: string): unknown {
  // Node has JSON.rawJSON; the ES library's types do not know it yet.
  const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };
  return rawJSON(digits);
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Parses JSON; whole numbers beyond 2^53 come back as their digits. Answers `undefined` for what is no JSON. */
export function parseJson(text: string): unknown {
  const keepDigits: Reviver = (_key, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) && context.source !== undefined
      ? context.source
      : value;
  try {
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

/** A JSON object's own fields, or null for anything else. */
export function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** Text or a number as text; null for anything else, and for empty text. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** A whole number written as such or as text; null for anything else. */
export function asInteger(value: unknown): number | null {
  const text = asText(value);
  return text !== null && /^-?\d{1,19}$/.test(text) ? Number(text) : null;
}
