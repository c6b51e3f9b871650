import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import { client } from '../client.ts';

/** Another text for an own message, as it is being written. */
export interface Edit {
  readonly text: string;
  readonly saving: boolean;
  /** Why it could not be saved; the text stays. */
  readonly error: ErrorShape | null;
  /** Somebody asked for it just now: the keyboard is to go there. Not when it only comes back into view. */
  readonly wantsFocus: boolean;
}

/** Every text being written, by the message's id: it outlives the bubble, which a switch of conversations takes away. */
export const useEdits = create<ReadonlyMap<number, Edit>>(() => new Map());

function put(messageId: number, edit: Edit | null): void {
  const edits = new Map(useEdits.getState());
  if (edit === null) edits.delete(messageId);
  else edits.set(messageId, edit);
  useEdits.setState(edits, true);
}

/** Begins with the text the message has; one that was begun before goes on. */
export function beginEdit(messageId: number, text: string): void {
  const edit = useEdits.getState().get(messageId) ?? { text, saving: false, error: null };
  put(messageId, { ...edit, wantsFocus: true });
}

/** The keyboard is there. */
export function tookFocus(messageId: number): void {
  const edit = useEdits.getState().get(messageId);
  if (edit !== undefined) put(messageId, { ...edit, wantsFocus: false });
}

/** The person typed. */
export function typeEdit(messageId: number, text: string): void {
  const edit = useEdits.getState().get(messageId);
  if (edit !== undefined) put(messageId, { ...edit, text });
}

/** Lets the text go. */
export function endEdit(messageId: number): void {
  put(messageId, null);
}

/**
 * Whether the message has these words, though nobody said so: the answer to a save was lost. `isTooLate`: nothing can be
 * saved any more.
 */
export function isUsed(edit: Edit | undefined, isTooLate: boolean, messageText: string | null): boolean {
  if (edit === undefined || (edit.error === null && !isTooLate)) return false;
  return edit.text.trim() === messageText;
}

/** Gives the message its new text. What was typed stays when that fails, and what is typed on meanwhile as well. */
export async function saveEdit(messageId: number): Promise<void> {
  const edit = useEdits.getState().get(messageId);
  if (edit === undefined || edit.saving || edit.text.trim() === '') return;
  put(messageId, { ...edit, saving: true, error: null });
  const answer = await client.call('outbox.edit', { messageId, text: edit.text.trim() });
  const now = useEdits.getState().get(messageId);
  if (now === undefined) return;
  if (answer.ok && now.text === edit.text) put(messageId, null);
  else put(messageId, { ...now, saving: false, error: answer.ok ? null : answer.error });
}

/** Another data folder was opened: its ids mean other messages. */
export function forgetEdits(): void {
  useEdits.setState(new Map(), true);
}
