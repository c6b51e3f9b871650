import { z } from 'zod';
import { call } from './define.ts';
import { idSchema } from './models.ts';

/** A text begun and not sent. The last writer wins. */
export interface Draft {
  readonly conversationId: number;
  readonly text: string;
  readonly savedAt: number;
  /** When its first letter was typed, UTC milliseconds. */
  readonly begunAt: number;
}

/** Drafts, one a conversation. Feed: `drafts` with conversation ids. */
export const draftsContract = {
  'drafts.get': call<Draft | null>()(z.object({ conversationId: idSchema })),
  /**
   * Empty text deletes the draft. Answers what is stored now. Without `begunAt` a stored draft was begun when it was,
   * a new one now.
   */
  'drafts.save': call<Draft | null>()(
    z.object({
      conversationId: idSchema,
      text: z.string().max(20_000),
      begunAt: z.number().int().nonnegative().nullable().default(null),
    }),
  ),
};
