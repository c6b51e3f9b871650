/** The latest time a date can be, UTC milliseconds. */
const LAST_TIME = 8.64e15;

/** A row of a database that may be broken: any column may hold anything, or be missing. */
export type Row = Readonly<Record<string, unknown>>;

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A whole number; null for anything else. */
export function number(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}

/** A time a date can be made of; null for anything else. */
export function time(value: unknown): number | null {
  const at = number(value);
  return at !== null && at >= 0 && at <= LAST_TIME ? at : null;
}
