import { z } from 'zod';
import { call } from './define.ts';
import { idSchema } from './models.ts';

/** One line of the engine's log, as it was redacted when written. */
export interface LogLine {
  /** UTC milliseconds. */
  readonly at: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly scope: string;
  readonly event: string;
  /** JSON of what was noted with it. */
  readonly fields: string;
}

/** Reading the log. No feed. */
export const logContract = {
  /**
   * The newest lines about a message or a store, newest first, and the folder the log is kept in. Given both: those of the
   * message, and those of the store that speak of no other one.
   */
  'log.about': call<{ lines: LogLine[]; folder: string }>()(
    z.object({
      messageId: idSchema.nullable().default(null),
      storeId: idSchema.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
};
