import { client } from '../client.ts';
import { focusComposer } from '../composer/composer-focus.ts';
import { useConversations } from '../conversations/conversations-store.ts';
import { useSelected } from '../conversations/selected-store.ts';
import { nextNeedingReply, stepFrom } from '../conversations/step.ts';
import { say } from './notice-store.ts';
import { tell } from './tell.ts';
import { usePanel } from './panel-store.ts';

/** Selects the next or the previous conversation of the list. Marks nothing as read. */
export function step(by: 1 | -1): void {
  const { rows, lastIndex } = useConversations.getState();
  const { selectedId, select } = usePanel.getState();
  const target = stepFrom(rows, selectedId, lastIndex, by);
  if (target !== null) select(target.id);
}

/** Goes to the next conversation that needs a reply, ready to write; says so if there is none. */
export function goToNextNeedingReply(fromId: number): void {
  // Whoever has gone elsewhere by hand meanwhile is left there.
  if (usePanel.getState().selectedId !== fromId) return;
  const { rows, leftIds, lastIndex } = useConversations.getState();
  // What left the filter while the list was held still is known only as it was before.
  const sure = rows.filter((row) => row.id === fromId || !leftIds.has(row.id));
  const target = nextNeedingReply(sure, fromId, lastIndex);
  if (target === null) {
    say('notice.nobodyElse');
    return;
  }
  usePanel.getState().select(target.id);
  focusComposer(target.id);
}

/** Sets the selected conversation done, or back to needing a reply if it is done. */
export async function toggleDone(): Promise<void> {
  const { row } = useSelected.getState();
  if (row === null) return;
  const state = row.state === 'done' ? 'needs-reply' : 'done';
  tell(await client.call('conversations.setState', { conversationId: row.id, state }));
}

/** Brings the selected conversation back to needing a reply. */
export async function reopen(): Promise<void> {
  const { row } = useSelected.getState();
  if (row === null) return;
  tell(await client.call('conversations.setState', { conversationId: row.id, state: 'needs-reply' }));
}

/** Snoozes the selected conversation until a time in the future. */
export async function snooze(until: number): Promise<void> {
  const { row } = useSelected.getState();
  if (row === null) return;
  tell(await client.call('conversations.setState', { conversationId: row.id, state: 'snoozed', until }));
}

/** Marks the selected conversation unread; it stays so while it is open. */
export async function markUnread(): Promise<void> {
  const { row } = useSelected.getState();
  if (row === null) return;
  usePanel.getState().keepUnread(row.id);
  tell(await client.call('conversations.markUnread', { conversationId: row.id }));
}
