import { z } from 'zod';
import { call } from './define.ts';
import { conversationFilterSchema } from './conversations.ts';
import { idSchema } from './models.ts';

/** What the panel showed: enough to show the same again after a restart. The sort is a setting. */
export const panelSnapshotSchema = z.object({
  filter: conversationFilterSchema,
  selectedId: idSchema.nullable(),
  /** The topmost row in view, its place in the list, and how far its upper edge is below that of the list, in pixels. */
  list: z
    .object({
      conversationId: idSchema,
      index: z.number().int().min(0),
      offset: z.number().int(),
    })
    .nullable(),
  /** Where the open conversation stands in the list though its filter holds it no longer; null: it is none of those. */
  leftAt: z.number().int().min(0).nullable().default(null),
});
export type PanelSnapshot = z.infer<typeof panelSnapshotSchema>;

/** Where a person stopped reading a conversation. */
const position = z.object({
  /** The topmost message in view. */
  messageId: idSchema,
  /** Distance of its upper edge from that of the view, in pixels. */
  offset: z.number().int(),
  /** The newest message was in view: the thread opens at its end. */
  atEnd: z.boolean(),
  /** The message above which "new messages" is drawn; null: none. */
  unreadFromId: idSchema.nullable(),
});
export type ReadingPosition = z.infer<typeof position>;

/** Coming back to where one was. No feed: a window reads its own when it opens. */
export const snapshotsContract = {
  /** What was saved last, by whichever window; null: nothing, or nothing that can be read. */
  'snapshots.get': call<{ snapshot: PanelSnapshot; savedAt: number } | null>()(z.object({})),
  'snapshots.save': call<null>()(panelSnapshotSchema),
  'snapshots.position': call<ReadingPosition | null>()(z.object({ conversationId: idSchema })),
  'snapshots.savePosition': call<null>()(position.extend({ conversationId: idSchema })),
};
