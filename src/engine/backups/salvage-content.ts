import { z } from 'zod';
import { sendableCards } from '../../contract/outbox.ts';
import type { StoredContent } from '../outbox/content.ts';

const uploadedSchema = z.looseObject({ url: z.string(), width: z.number(), height: z.number() });
const schema: z.ZodType<StoredContent> = z.union([
  z.object({ kind: z.literal('image'), mediaId: z.number(), uploaded: uploadedSchema.nullable() }),
  z.object({ kind: z.enum(sendableCards), reference: z.string().min(1), code: z.string().nullable() }),
]);

/**
 * What the job of a message sends, as it is to be stored here; null: its text. Undefined where that is no longer known:
 * better the message stays where it is than something else goes to a buyer. `mediaId` is its picture here: another one
 * may bear the number it had there.
 */
export function contentHere(
  message: { readonly kind: string; readonly text: string | null },
  stored: string | null,
  mediaId: number | null,
): string | null | undefined {
  const { kind, text } = message;
  if (kind === 'text') return text === null || text === '' ? undefined : null;
  const content = parse(stored);
  if (kind !== 'image') return content?.kind === kind ? JSON.stringify(content) : undefined;
  if (mediaId === null) return undefined;
  const uploaded = content?.kind === 'image' ? content.uploaded : null;
  return JSON.stringify({ kind, mediaId, uploaded } satisfies StoredContent);
}

function parse(stored: string | null): StoredContent | undefined {
  try {
    return schema.safeParse(JSON.parse(stored ?? 'null')).data;
  } catch {
    return undefined;
  }
}
