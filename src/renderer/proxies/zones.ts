const DAY_MS = 86_400_000;
const wallFormats = new Map<string, Intl.DateTimeFormat>();

/** The time zone of this computer, e.g. `Asia/Singapore`. */
export function hereZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Every zone there is, by name; this computer's own and UTC among them. */
export function zoneNames(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', hereZone()])].sort();
}

/** What a clock on the wall shows there, as if it were UTC: milliseconds. */
function wallTime(at: number, zone: string): number {
  const format =
    wallFormats.get(zone) ??
    new Intl.DateTimeFormat('en-u-ca-gregory', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  wallFormats.set(zone, format);
  const part = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** When a clock on the wall shows this. A time that clocks leave out is read as if they had not yet moved. */
function momentOf(wall: number, zone: string): number {
  const offsetAt = (at: number): number => wallTime(at, zone) - Math.floor(at / 1000) * 1000;
  const before = wall - offsetAt(wall - DAY_MS);
  const after = wall - offsetAt(wall + DAY_MS);
  return wallTime(after, zone) === wall && wallTime(before, zone) !== wall ? after : before;
}

/** `2026-12-03` and `18:30` there, in UTC milliseconds; without a time the last of that day. Null when it is none. */
export function momentFrom(date: string, time: string, zone: string): number | null {
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  const clock = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(time);
  if (day === null || (clock === null && time !== '')) return null;
  const [year = 0, month = 0, dayOfMonth = 0] = day.slice(1).map(Number);
  const midnight = Date.UTC(year, month - 1, dayOfMonth);
  if (new Date(midnight).getUTCDate() !== dayOfMonth) return null;
  if (clock === null) return momentOf(midnight + DAY_MS, zone) - 1;
  const [hours = 0, minutes = 0, seconds = 0] = clock.slice(1).map((part) => Number(part ?? 0));
  return momentOf(midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000, zone);
}

/** Date and time there, as fields hold them; the last moment of a day is a date without a time. */
export function fieldsOf(at: number, zone: string): { readonly date: string; readonly time: string } {
  const wall = new Date(wallTime(at, zone)).toISOString();
  const date = wall.slice(0, 10);
  const time = wall.slice(11, 19);
  const isEnd = time === '23:59:59' && Math.abs((momentFrom(date, '', zone) ?? 0) - at) < 1000;
  return { date, time: isEnd ? '' : time.endsWith(':00') ? time.slice(0, 5) : time };
}

/** ISO 8601 with the offset there, e.g. `2026-12-03T23:59:59+08:00`. */
export function isoIn(at: number, zone: string): string {
  const wall = wallTime(at, zone);
  const minutes = Math.round((wall - Math.floor(at / 1000) * 1000) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  const offset = `${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(wall).toISOString().slice(0, 19)}${offset}`;
}
