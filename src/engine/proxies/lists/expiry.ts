import { Temporal } from 'temporal-polyfill';
import { CodedError } from '../../../base/errors.ts';
import { readWritten, type Day, type Written } from './written-date.ts';

/**
 * The moments a text may mean, in UTC milliseconds: none, it is no date; two, day and month can't be told apart.
 * Null stands for "permanent", undefined for nothing said.
 */
export type ReadExpiry = (text: string) => readonly (number | null | undefined)[];

/** Lists have few dates in many rows; one of a hostile list must not stay in memory for ever. */
const MAX_REMEMBERED = 10_000;
const FOR_EVER =
  /^(?:permanent|never|lifetime|unlimited|no expiry|forever|永久|永久有效|长期|长期有效|无限期|不限|永不过期)$/i;
const NOTHING = /^(?:|[-–—/]+|n\/?a|none|null|无|未设置|not set)$/i;

/**
 * Reads ends in many ways of writing. A bare date means the last millisecond of that day; a time the clocks leave out
 * is read as if they had not yet moved. What names no zone of its own is of `zone`. Throws `invalid` with reason
 * `unknown-zone`.
 */
export function createReadExpiry(zone: string): ReadExpiry {
  checkZone(zone);
  const known = new Map<string, ReturnType<ReadExpiry>>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= MAX_REMEMBERED) known.clear();
    const moments = read(text.normalize('NFKC').trim(), zone);
    known.set(text, moments);
    return moments;
  };
}

function read(text: string, zone: string): ReturnType<ReadExpiry> {
  if (NOTHING.test(text)) return [undefined];
  if (FOR_EVER.test(text)) return [null];
  const written = readWritten(text);
  if (written === null) return [];
  if (typeof written === 'number') return [written];
  const moments = written.days.flatMap((day) => {
    const moment = momentOf(day, written, written.zone ?? zone);
    return moment === null ? [] : [moment];
  });
  return [...new Set(moments)];
}

/** Null when there is no such day, or no such zone. */
function momentOf(day: Day, { time }: Written, timeZone: string): number | null {
  try {
    const date = Temporal.PlainDate.from(day, { overflow: 'reject' });
    if (time === null || time.hour === 24) {
      const midnight = date.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds;
      return time === null ? midnight - 1 : midnight;
    }
    const plainTime = Temporal.PlainTime.from(time, { overflow: 'reject' });
    return date.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function checkZone(zone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
  } catch {
    throw new CodedError('invalid', 'There is no such time zone', { reason: 'unknown-zone', field: 'zone' });
  }
}
