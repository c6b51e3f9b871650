/** Where a host writes what happens. Never pass a secret: hosts have no redaction of their own. */
export interface HostLog {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** A log that writes one JSON line an event. */
export function lineLog(write: (line: string) => void, now: () => number): HostLog {
  const at =
    (level: keyof HostLog): HostLog['info'] =>
    (event, fields = {}) =>
      write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
