import { fieldsOf, hereZone, momentFrom } from './zones.ts';

/** An end as a person writes it. */
export interface ExpiryFields {
  readonly permanent: boolean;
  /** `2026-12-03`. */
  readonly date: string;
  /** `18:30`; empty: the end of that day. */
  readonly time: string;
  readonly zone: string;
}

/** An end as fields hold it; a permanent one has none. */
export function expiryFields(expiresAt: number | null, zone: string = hereZone()): ExpiryFields {
  if (expiresAt === null) return { permanent: true, date: '', time: '', zone };
  return { permanent: false, ...fieldsOf(expiresAt, zone), zone };
}

/** What was written: its moment, null for a permanent one; undefined where it is no moment yet. */
export function expiryOf({ permanent, date, time, zone }: ExpiryFields): number | null | undefined {
  return permanent ? null : (momentFrom(date, time, zone) ?? undefined);
}

/** The same end for other fields: the last moment of the day so many days from now. */
export function inDays(fields: ExpiryFields, days: number, now: number): ExpiryFields {
  const { date } = fieldsOf(now + days * 86_400_000, fields.zone);
  return { ...fields, permanent: false, date, time: '' };
}
