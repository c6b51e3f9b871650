import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { ConversationRow } from '../../contract/models.ts';
import { client } from '../client.ts';
import { sameJson } from '../panel/keep-same.ts';
import { usePanel } from '../panel/panel-store.ts';
import { takeSelected, useConversations } from './conversations-store.ts';

interface SelectedState {
  /** The selected conversation, whether or not the list holds it; null while none is selected or it is being read. */
  readonly row: ConversationRow | null;
  readonly error: ErrorShape | null;
}

/** The selected conversation as last known. It stays when the list's filter no longer holds it. */
export const useSelected = create<SelectedState>(() => ({ row: null, error: null }));

function take(row: ConversationRow): void {
  if (row.id !== usePanel.getState().selectedId) return;
  takeSelected(row);
  if (!sameJson(row, useSelected.getState().row)) useSelected.setState({ row, error: null });
}

async function load(): Promise<void> {
  const { selectedId } = usePanel.getState();
  if (selectedId === null) return;
  const answer = await client.call('conversations.get', { conversationId: selectedId });
  if (answer.ok) take(answer.value);
  else if (answer.error.code === 'not-found') usePanel.getState().select(null);
  else if (selectedId === usePanel.getState().selectedId) useSelected.setState({ error: answer.error });
}

function onSelect(): void {
  const { selectedId } = usePanel.getState();
  if (selectedId === (useSelected.getState().row?.id ?? null)) return;
  const listed = useConversations.getState().rows.find((row) => row.id === selectedId) ?? null;
  useSelected.setState({ row: listed, error: null });
  void load();
}

/** Keeps the selected conversation up to date while the panel is open; the returned function stops it. */
export function startSelected(): () => void {
  const onIds = (ids: readonly number[]): void => {
    const { selectedId } = usePanel.getState();
    if (selectedId !== null && (ids.length === 0 || ids.includes(selectedId))) void load();
  };
  const stops = [
    usePanel.subscribe((state, before) => {
      if (state.selectedId !== before.selectedId) onSelect();
    }),
    client.onFeed('conversations', onIds),
    client.onFeed('stores', () => void load()),
  ];
  onSelect();
  return () => {
    for (const stop of stops) stop();
  };
}
