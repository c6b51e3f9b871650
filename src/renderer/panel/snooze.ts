const hourMs = 3_600_000;

/** A time offered for snoozing; `key` names its text. */
export interface SnoozeChoice {
  readonly key: 'hour' | 'threeHours' | 'tomorrow';
  /** UTC milliseconds. */
  readonly until: number;
}

/** The times offered at `now`; "tomorrow" is 9:00 of the next day where the seller is. */
export function snoozeChoices(now: number): readonly SnoozeChoice[] {
  const today = new Date(now);
  const tomorrow = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, 9);
  return [
    { key: 'hour', until: now + hourMs },
    { key: 'threeHours', until: now + 3 * hourMs },
    { key: 'tomorrow', until: tomorrow.getTime() },
  ];
}

/** A time as the text of a `datetime-local` field, in local time, to the minute. */
export function toFieldTime(at: number): string {
  const local = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
  return `${day}T${two(local.getHours())}:${two(local.getMinutes())}`;
}

/** The time a `datetime-local` field holds, or null when it holds none or one that is not after `now`. */
export function fromFieldTime(text: string, now: number): number | null {
  const at = text === '' ? Number.NaN : new Date(text).getTime();
  return at > now ? at : null;
}
