import { z } from 'zod';
import { idSchema } from '../../contract/models.ts';

const key = 'counterdesk.unsaved';

const attemptSchema = z.object({ text: z.string(), clientId: z.uuid() });
const earlierSchema = z.object({ text: z.string(), begunAt: z.number().nullable() });
const unsavedSchema = z.object({
  folder: z.string(),
  texts: z.array(
    z.tuple([
      idSchema,
      z.object({
        text: z.string(),
        begunAt: z.number().nullable().default(null),
        attempt: attemptSchema.nullable(),
        earlier: earlierSchema.nullable().default(null),
        known: z.boolean().default(false),
      }),
    ]),
  ),
});

/** A send whose answer never came: sending the same text again must carry the same id, or it would go out twice. */
export type Attempt = z.infer<typeof attemptSchema>;

/** A stored draft that was found after something else had been typed, and when it was begun, UTC milliseconds. */
export type Earlier = z.infer<typeof earlierSchema>;

/** The send of what was typed: an earlier one of the same words, if that had no answer, else a new one. */
export function attemptToSend(earlier: Attempt | null, typed: string, newId: () => string): Attempt {
  const isSame = earlier?.text.trim() === typed.trim();
  return { text: typed, clientId: isSame && earlier !== null ? earlier.clientId : newId() };
}

/** What was typed in a conversation and is not known to be stored by the engine. */
export interface Unsaved {
  readonly text: string;
  /** When its first letter was typed, UTC milliseconds; null where that is not known. */
  readonly begunAt: number | null;
  readonly attempt: Attempt | null;
  /** What is kept above the text, though the field does not show it. */
  readonly earlier: Earlier | null;
  /** It may be saved over what is stored: that was known when it was typed. */
  readonly known: boolean;
}

let folder = '';
let texts = new Map<number, Unsaved>();

function write(): void {
  try {
    if (texts.size === 0) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ folder, texts: [...texts] }));
  } catch {
    // Without storage the texts still outlive a change of conversation, only not a reload.
  }
}

/** Takes up what a reload left behind for this data folder. What belongs to another one is dropped: its ids mean others. */
export function openUnsaved(dataDir: string): void {
  folder = dataDir;
  texts = new Map();
  try {
    const stored = unsavedSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null'));
    if (stored.success && stored.data.folder === dataDir) texts = new Map(stored.data.texts);
  } catch {
    // Unreadable: nothing is taken up.
  }
}

/** The data folder the texts belong to. */
export const unsavedFolder = (): string => folder;

/** What of a conversation is not known to be stored; null if all is. */
export function unsavedOf(conversationId: number): Unsaved | null {
  return texts.get(conversationId) ?? null;
}

/** Keeps a text until the engine has it. */
export function keepUnsaved(conversationId: number, unsaved: Unsaved): void {
  texts.set(conversationId, unsaved);
  write();
}

/** The engine has it. */
export function forgetUnsaved(conversationId: number): void {
  if (texts.delete(conversationId)) write();
}
