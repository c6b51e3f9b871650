import { useView } from '../app/views.ts';
import { useConversations } from '../conversations/conversations-store.ts';
import { usePanel } from '../panel/panel-store.ts';
import { wishMessage } from '../thread/message-wish.ts';
import { useTroubleFilter } from './trouble-filter.ts';

/**
 * Opens a conversation in the panel at one of its own messages. Where the list does not hold it, the list turns to all
 * conversations with such messages: the open one stands in it then. `edit`: to write another text for the message.
 */
export function openMessage(conversationId: number, messageId: number, edit = false): void {
  const panel = usePanel.getState();
  if (!useConversations.getState().rows.some((row) => row.id === conversationId)) {
    panel.setScope({ kind: 'all' });
    panel.clearNarrowing();
    panel.setView('trouble');
  }
  panel.select(conversationId);
  wishMessage(conversationId, messageId, edit);
  useView.getState().show('panel');
}

/** Opens the outbox with what waits in one store, or with all. */
export function openOutbox(storeId: number | null): void {
  useTroubleFilter.setState({ storeId, kind: null });
  useView.getState().show('outbox');
}
