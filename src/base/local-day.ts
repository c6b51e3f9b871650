/** The day where this computer is, as YYYY-MM-DD. */
export function localDay(at: number): string {
  const date = new Date(at);
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${date.getFullYear()}-${month}-${day}`;
}

/** The first day of the month where this computer is, as YYYY-MM-DD. */
export function firstOfMonth(at: number): string {
  return `${localDay(at).slice(0, 8)}01`;
}
