import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { ConversationCounts } from '../../contract/conversations.ts';
import type { ConversationRow } from '../../contract/models.ts';
import { client } from '../client.ts';
import { keepSame } from '../panel/keep-same.ts';
import { usePanel } from '../panel/panel-store.ts';
import { scopeKey } from '../panel/place.ts';
import { useSettings } from '../settings/settings-store.ts';
import { listInput, listMost, listStep, type ListQuery } from './list-query.ts';

interface ListState {
  readonly rows: readonly ConversationRow[];
  /** Rows the filter holds in all; more than `rows` while not everything is read. */
  readonly total: number;
  readonly counts: ConversationCounts | null;
  /** Which query the rows answer; '' before the first answer. */
  readonly shownKey: string;
  /** Why the last read failed; the rows known before stay. */
  readonly error: ErrorShape | null;
  /** Where the selected conversation last stood in the list; -1 if it never did. */
  readonly lastIndex: number;
}

/** The conversation list under the panel's scope, view and narrowing, kept up to date. */
export const useConversations = create<ListState>(() => ({
  rows: [],
  total: 0,
  counts: null,
  shownKey: '',
  error: null,
  lastIndex: -1,
}));

let limit = listStep;
let reading = false;
let again = false;

/** What the panel asks for now. */
export function currentQuery(): ListQuery {
  const { scope, view, unread, sites, keyword } = usePanel.getState();
  return { scope, view, unread, sites, keyword, sort: useSettings.getState().settings.listSort };
}

/** A query as text: equal for equal lists. */
export function queryKey(query: ListQuery): string {
  const { view, sort, unread, sites, keyword, scope } = query;
  return JSON.stringify([scopeKey(scope), view, sort, unread, sites, keyword.trim()]);
}

function placeOfSelected(rows: readonly ConversationRow[], before: number): number {
  const index = rows.findIndex((row) => row.id === usePanel.getState().selectedId);
  return index >= 0 ? index : before;
}

/** Reads the list. Changes that come while reading cause one more read, never a queue of them. */
export async function loadConversations(): Promise<void> {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  do {
    again = false;
    const query = currentQuery();
    const answer = await client.call('conversations.list', listInput(query, limit));
    if (!answer.ok) {
      useConversations.setState({ error: answer.error });
      continue;
    }
    const { total, counts } = answer.value;
    const { rows: before, lastIndex } = useConversations.getState();
    const rows = keepSame(before, answer.value.rows);
    useConversations.setState({
      rows,
      total,
      counts,
      shownKey: queryKey(query),
      error: null,
      lastIndex: placeOfSelected(rows, lastIndex),
    });
  } while (again);
  reading = false;
}

/** Reads further rows once the reader comes near the end. */
export function loadMoreConversations(): void {
  const { rows, total } = useConversations.getState();
  if (rows.length >= total || limit >= listMost || limit > rows.length) return;
  limit = Math.min(listMost, limit + listStep);
  void loadConversations();
}

/** Keeps the list up to date while the panel is open; the returned function stops it. */
export function startConversations(): () => void {
  let key = queryKey(currentQuery());
  const onQuery = (): void => {
    const next = queryKey(currentQuery());
    if (next === key) return;
    key = next;
    limit = listStep;
    void loadConversations();
  };
  const onPanel = (): void => {
    const { rows, lastIndex } = useConversations.getState();
    const place = placeOfSelected(rows, lastIndex);
    if (place !== lastIndex) useConversations.setState({ lastIndex: place });
    onQuery();
  };
  const stops = [
    usePanel.subscribe(onPanel),
    useSettings.subscribe(onQuery),
    // Store names and groups are part of rows and filters.
    client.onFeed('stores', () => void loadConversations()),
    client.onFeed('groups', () => void loadConversations()),
    client.onFeed('conversations', () => void loadConversations()),
    client.onFeed('drafts', () => void loadConversations()),
  ];
  void loadConversations();
  return () => {
    for (const stop of stops) stop();
  };
}
