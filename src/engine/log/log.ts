import type { Log } from '../parts.ts';
import { createRedactor } from './redact.ts';

/** Where finished lines go. */
export interface LogSink {
  write(line: string): void;
  close(): void;
}

/** The log of one run of the engine. */
export interface EngineLog extends Log {
  /** From now on this exact text never reaches the log: call it with every secret that is read or made. */
  hide(secret: string): void;
  close(): void;
}

/** Makes a log of JSON lines. Everything is redacted here, at the sink, whoever wrote it. */
export function createLog(sink: LogSink, now: () => number): EngineLog {
  const redactor = createRedactor();
  const scoped = (scope: string): Log => {
    const at =
      (level: string): Log['info'] =>
      (event, fields) => {
        const line = { at: new Date(now()).toISOString(), level, scope, event };
        sink.write(toLine(redactor.redact(fields === undefined ? line : { ...line, fields })));
      };
    return { info: at('info'), warn: at('warn'), error: at('error'), scope: scoped };
  };
  return { ...scoped('engine'), hide: redactor.hide, close: sink.close };
}

/**
 * One line of plain ASCII control-free JSON: buyers' texts may hold terminal escapes, line separators and marks that
 * turn the reading direction, and none of them may act on the terminal of whoever reads the log.
 */
function toLine(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
