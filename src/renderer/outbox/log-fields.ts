import type { LogLine } from '../../contract/log.ts';

/** One field of a log line, as text. */
export interface LogField {
  readonly name: string;
  readonly value: string;
}

/** The fields of a line, one below the other; what can't be taken apart comes as one field without a name. */
export function logFields({ fields }: LogLine): readonly LogField[] {
  if (fields.trim() === '') return [];
  try {
    const read: unknown = JSON.parse(fields);
    if (typeof read !== 'object' || read === null || Array.isArray(read))
      return [{ name: '', value: fields }];
    return Object.entries(read).map(([name, value]: [string, unknown]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
  } catch {
    return [{ name: '', value: fields }];
  }
}

/** The lines as text to hand on, newest first. */
export function logText(lines: readonly LogLine[]): string {
  return lines
    .map(({ at, level, scope, event, fields }) =>
      [new Date(at).toISOString(), level, scope, event, fields].join(' ').trimEnd(),
    )
    .join('\n');
}
