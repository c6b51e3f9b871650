import { z } from 'zod';
import { call } from './define.ts';
import { idSchema } from './models.ts';

/** A text begun and not sent. The last writer wins. */
export interface Draft {
  readonly conversationId: number;
  readonly text: string;
  readonly savedAt: number;
}

/** Drafts, one a conversation. Feed: `drafts` with conversation ids. */
export const draftsContract = {
  'drafts.get': call<Draft | null>()(z.object({ conversationId: idSchema })),
  /** Empty text deletes the draft. Answers what is stored now. */
  'drafts.save': call<Draft | null>()(z.object({ conversationId: idSchema, text: z.string().max(20_000) })),
};
