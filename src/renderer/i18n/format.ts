import { textsOf, useLanguage, type Language, type Translate } from './i18n.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Numbers, times and spans of time as a person reads them; times are UTC milliseconds, shown in local time. */
export interface Format {
  /** With the language's separators. */
  number(value: number): string;
  /** For badges: `999+` above 999. */
  count(value: number): string;
  /** `09:41`. */
  clock(at: number): string;
  /** `09:41:07`. */
  seconds(at: number): string;
  /** Short, for lists: the clock today, then "Yesterday", a weekday within the last week, then the date. */
  listTime(at: number, now: number): string;
  /** A coming time, short: the clock today, weekday and clock within six days, then the date. */
  until(at: number, now: number): string;
  /** For separators between days: "Today", "Yesterday", else weekday and date. */
  day(at: number, now: number): string;
  /** Day and clock, for tooltips. */
  full(at: number): string;
  /** A span: `12 min`, `1 h 12`, `2 d 3 h`; below a minute `< 1 min`. */
  duration(ms: number): string;
}

/** Local midnights between two times: 0 on the same day, 1 if `at` was yesterday; negative in the future. */
export function daysBetween(at: number, now: number): number {
  const midnight = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / DAY_MS);
}

/** Makes the formatters of a language; `t` looks up texts of `common`. */
export function createFormat(language: Language, t: Translate): Format {
  const dates = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, options);
  const numbers = new Intl.NumberFormat(language);
  const clock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const weekday = dates({ weekday: 'short' });
  const weekdayClock = dates({ weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const thisYear = dates({ day: 'numeric', month: 'short' });
  const anyYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const longThisYear = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const longAnyYear = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const full = dates({ dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' });
  const sameYear = (at: number, now: number): boolean =>
    new Date(at).getFullYear() === new Date(now).getFullYear();

  return {
    number: (value) => numbers.format(value),
    count: (value) => (value > 999 ? '999+' : String(value)),
    clock: (at) => clock.format(at),
    seconds: (at) => seconds.format(at),
    listTime: (at, now) => {
      const days = daysBetween(at, now);
      if (days <= 0) return clock.format(at);
      if (days === 1) return t('time.yesterday');
      if (days < 7) return weekday.format(at);
      return (sameYear(at, now) ? thisYear : anyYear).format(at);
    },
    until: (at, now) => {
      const days = -daysBetween(at, now);
      if (days <= 0) return clock.format(at);
      if (days < 7) return weekdayClock.format(at);
      return (sameYear(at, now) ? thisYear : anyYear).format(at);
    },
    day: (at, now) => {
      const days = daysBetween(at, now);
      if (days === 0) return t('time.today');
      if (days === 1) return t('time.yesterday');
      return (sameYear(at, now) ? longThisYear : longAnyYear).format(at);
    },
    full: (at) => full.format(at),
    duration: (ms) => {
      const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS);
      const hours = Math.floor(minutes / 60);
      const days = Math.floor(hours / 24);
      if (days > 0) return t('time.daysHours', { days, hours: hours % 24 });
      if (hours > 0) return t('time.hoursMinutes', { hours, minutes: String(minutes % 60).padStart(2, '0') });
      return minutes > 0 ? t('time.minutes', { minutes }) : t('time.underMinute');
    },
  };
}

const made = new Map<Language, Format>();

/** React hook: the formatters of the language shown; made once a language, for `Intl` takes its time. */
export function useFormat(): Format {
  const language = useLanguage();
  const known = made.get(language);
  if (known !== undefined) return known;
  const format = createFormat(language, textsOf(language));
  made.set(language, format);
  return format;
}
