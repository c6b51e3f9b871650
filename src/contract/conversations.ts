import { z } from 'zod';
import { call } from './define.ts';
import {
  conversationStateSchema,
  idSchema,
  platformSchema,
  siteSchema,
  type ConversationRow,
  type ConversationState,
} from './models.ts';

/** Which conversations to list. Everything given must hold; nothing given lists all. */
export const conversationFilterSchema = z.object({
  state: conversationStateSchema.nullable().default(null),
  platforms: z.array(platformSchema).max(10).default([]),
  sites: z.array(siteSchema).max(50).default([]),
  storeIds: z.array(idSchema).max(1000).default([]),
  groupId: idSchema.nullable().default(null),
  unread: z.boolean().default(false),
  /** Only conversations with failed, held or unconfirmed own messages. */
  trouble: z.boolean().default(false),
  /** All its words in the buyer's name, the store's name or one message; the 10,000 newest hits of each are looked at. */
  keyword: z.string().max(200).default(''),
});
export type ConversationFilter = z.infer<typeof conversationFilterSchema>;

/** How many conversations are in each view, under the same filter but for `state` and `trouble`. */
export type ConversationCounts = Readonly<Record<ConversationState | 'all' | 'trouble', number>>;

export interface ConversationList {
  readonly rows: ConversationRow[];
  /** Rows the filter holds in all. */
  readonly total: number;
  readonly counts: ConversationCounts;
  /** The keyword has more hits than are looked at: `total` and `counts` are the least there is. */
  readonly isLowerBound: boolean;
}

/** The conversation list and the state of each. Feed: `conversations` with conversation ids. */
export const conversationsContract = {
  /** `waiting`: longest waiting first, then newest; `newest`: last message first. */
  'conversations.list': call<ConversationList>()(
    z.object({
      filter: conversationFilterSchema,
      sort: z.enum(['waiting', 'newest']),
      limit: z.number().int().min(1).max(2000),
    }),
  ),
  'conversations.get': call<ConversationRow>()(z.object({ conversationId: idSchema })),
  /** By hand: done, snoozed until a time in the future (else `invalid`), or back to needing a reply. */
  'conversations.setState': call<null>()(
    z.discriminatedUnion('state', [
      z.object({ conversationId: idSchema, state: z.literal('done') }),
      z.object({ conversationId: idSchema, state: z.literal('needs-reply') }),
      z.object({ conversationId: idSchema, state: z.literal('snoozed'), until: z.number().int() }),
    ]),
  ),
  /**
   * The person has seen the conversation up to this message. Clears the unread count here;
   * the platform's read mark goes out as the setting of that platform says.
   */
  'conversations.markRead': call<null>()(z.object({ conversationId: idSchema, messageId: idSchema })),
  'conversations.markUnread': call<null>()(z.object({ conversationId: idSchema })),
};
