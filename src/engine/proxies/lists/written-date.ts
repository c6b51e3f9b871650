/** A day of the calendar. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A date as somebody wrote it. */
export interface Written {
  /** Two where day and month can't be told apart. */
  readonly days: readonly Day[];
  /** Null: a bare date. Hour 24 is the end of the day. */
  readonly time: { readonly hour: number; readonly minute: number; readonly second: number } | null;
  /** An offset or the name of a zone; null: none is said. */
  readonly zone: string | null;
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

const YEAR_FIRST = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年\s?(\d{1,2})月\s?(\d{1,2})[日号]?)/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/;
const DAY_NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[-\s]([a-z]{3,9})\.?,?[-\s](\d{4})(?!\d)/i;
const MONTH_NAMED = /^([a-z]{3,9})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\d)/i;
const TIME =
  /^(上午|下午|中午|晚上)?\s?(\d{1,2})(?:[:时点](\d{1,2})分?(?:(?::|(?<=分))(\d{1,2})(?:[.,]\d{1,9})?秒?)?|[时点]|(?=\s?[ap]m))\s?(am|pm)?/i;
const OFFSET = /^(?:utc|gmt)?\s?([+-])(\d{1,2}):?(\d{2})?(?:\[[^\]]*\])?$/i;
const ZONE_NAME = /^\[?([a-z_]+\/[a-z0-9_+-]+(?:\/[a-z_]+)?)\]?$/i;

/** Excel counts days from here, and people copy its numbers. */
const EXCEL_DAY_0 = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** A moment for a number that is one, a written date, or null. `text` is trimmed, with plain digits. */
export function readWritten(text: string): Written | number | null {
  if (text.length > 64) return null;
  if (/^\d+(?:\.\d+)?$/.test(text)) return readNumber(text);
  const date = readDays(text);
  if (date === null) return null;
  const rest = text.slice(date.length).replace(/^(?:t|,)?\s*/i, '');
  const clock = TIME.exec(rest);
  const time = clock === null ? null : readTime(clock);
  if (clock !== null && time === null) return null;
  const zoneText = rest.slice(clock?.[0].length ?? 0).trim();
  const zone = zoneText === '' ? null : readZone(zoneText);
  return zone === undefined ? null : { days: date.days, time, zone };
}

/** Seconds or milliseconds since 1970, a day as 20261231, or a day as Excel counts them. */
function readNumber(text: string): Written | number | null {
  if (/^\d{13}$/.test(text)) return Number(text);
  if (/^[1-4]\d{9}$/.test(text)) return Number(text) * 1000;
  const compact = /^(20\d\d)(\d\d)(\d\d)$/.exec(text);
  if (compact !== null) return bare(numbers(compact.slice(1)));
  return /^[2-7]\d{4}(?:\.\d+)?$/.test(text) ? excelDay(Number(text)) : null;
}

/** A day as Excel counts them; its fraction is the time. */
export function excelDay(serial: number): Written {
  const seconds = Math.round((serial % 1) * 86_400);
  const at = new Date(EXCEL_DAY_0 + Math.floor(serial) * DAY_MS + seconds * 1000);
  const days = [{ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }];
  const time = { hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() };
  return { days, time: Number.isInteger(serial) ? null : time, zone: null };
}

function readDays(text: string): { readonly days: readonly Day[]; readonly length: number } | null {
  const first = YEAR_FIRST.exec(text);
  if (first !== null) {
    const parts = [first[1], first[3] ?? first[5], first[4] ?? first[6]].map(Number);
    return { days: bare(parts).days, length: first[0].length };
  }
  const last = YEAR_LAST.exec(text);
  if (last !== null) return { days: eitherWay(last), length: last[0].length };
  const named = DAY_NAMED.exec(text);
  const other = named === null ? MONTH_NAMED.exec(text) : null;
  const [day, month, year] = named?.slice(1) ?? [other?.[2], other?.[1], other?.[3]];
  const index = month === undefined ? -1 : MONTHS.findIndex((name) => name.startsWith(month.toLowerCase()));
  const length = (named ?? other)?.[0].length ?? 0;
  return index < 0 ? null : { days: bare([Number(year), index + 1, Number(day)]).days, length };
}

/** 31/12/2026 and 12/31/2026 can be told apart, 11/12/2026 can't. */
function eitherWay(match: RegExpExecArray): Day[] {
  const [first = 0, second = 0, year = 0] = [match[1], match[3], match[4]].map(Number);
  const dayFirst = { year, month: second, day: first };
  const monthFirst = { year, month: first, day: second };
  if (first === second) return [dayFirst];
  return [...(second <= 12 ? [dayFirst] : []), ...(first <= 12 ? [monthFirst] : [])];
}

function readTime(match: RegExpExecArray): Written['time'] {
  const [, chinese, hours, minutes = '0', seconds = '0', english] = match;
  const [written = 0, minute = 0, second = 0] = [hours, minutes, seconds].map(Number);
  const half = english?.toLowerCase() ?? (chinese === undefined ? '' : chinese === '上午' ? 'am' : 'pm');
  // 下午15点 is written too; 15 pm is not.
  if (english !== undefined && (written < 1 || written > 12)) return null;
  const hour = half === '' || written > 12 ? written : (written % 12) + (half === 'pm' ? 12 : 0);
  const isEnd = hour === 24 && minute === 0 && second === 0;
  return (hour < 24 || isEnd) && minute < 60 && second < 60 ? { hour, minute, second } : null;
}

/** Undefined for what is no zone. Names like CST mean several. */
function readZone(text: string): string | null | undefined {
  if (/^(?:z|utc|gmt)$/i.test(text)) return 'UTC';
  const offset = OFFSET.exec(text);
  if (offset !== null) return `${offset[1]}${offset[2]?.padStart(2, '0')}:${offset[3] ?? '00'}`;
  return ZONE_NAME.exec(text)?.[1];
}

function bare(parts: readonly number[]): Written {
  const [year = 0, month = 0, day = 0] = parts;
  return { days: [{ year, month, day }], time: null, zone: null };
}

function numbers(texts: readonly string[]): number[] {
  return texts.map(Number);
}
