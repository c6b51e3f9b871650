import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { ConversationCounts } from '../../contract/conversations.ts';
import type { ConversationRow } from '../../contract/models.ts';
import { client, clock } from '../client.ts';
import { keepSame, sameJson } from '../panel/keep-same.ts';
import { usePanel } from '../panel/panel-store.ts';
import { scopeKey } from '../panel/place.ts';
import { useSettings } from '../settings/settings-store.ts';
import { emptyList, held, restored, settled, type HeldList } from './held-list.ts';
import { createListHold } from './list-hold.ts';
import { takeLeftAt, useListPlace } from './list-place.ts';
import { limitFor, listInput, listMost, listStep, type ListQuery } from './list-query.ts';

interface ListState {
  /** As shown: while the list is held still, in another order than the engine's. */
  readonly rows: readonly ConversationRow[];
  /** Rows shown that the filter no longer holds. */
  readonly leftIds: ReadonlySet<number>;
  /** Conversations whose news wait until the rows may move again. */
  readonly waiting: number;
  /** Rows the filter holds in all; more than `rows` while not everything is read. */
  readonly total: number;
  readonly counts: ConversationCounts | null;
  /** `total` and `counts` are the least there is. */
  readonly isLowerBound: boolean;
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
  leftIds: new Set(),
  waiting: 0,
  total: 0,
  counts: null,
  isLowerBound: false,
  shownKey: '',
  error: null,
  lastIndex: -1,
}));

let limit = listStep;
let reading = false;
let again = false;
/** What the engine answered last, and how it is shown. */
let fresh: readonly ConversationRow[] = [];
let list: HeldList<ConversationRow> = emptyList;

/** Keeps the rows in their places while someone points at them, walks through them or is elsewhere. */
export const listHold = createListHold(clock, arrange);

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

/** Rows the filter surely holds no longer; what was not read is not known to have left. */
function surelyLeft(total: number): ReadonlySet<number> {
  if (list.leftIds.size === 0 || fresh.length >= total) return list.leftIds;
  const { state } = listInput(currentQuery(), limit).filter;
  const left = list.rows.filter((row) => list.leftIds.has(row.id) && state != null && row.state !== state);
  return new Set(left.map((row) => row.id));
}

type Answered = Pick<ListState, 'total' | 'counts' | 'isLowerBound' | 'shownKey' | 'error'>;

/** In one step with what else an answer says, so that nothing is drawn of the one without the other. */
function show(next: HeldList<ConversationRow>, answered: Partial<Answered> = {}): void {
  list = next;
  const before = useConversations.getState();
  const rows = keepSame(before.rows, next.rows);
  const left = surelyLeft(answered.total ?? before.total);
  useConversations.setState({
    ...answered,
    rows,
    leftIds: sameJson([...before.leftIds], [...left]) ? before.leftIds : left,
    waiting: next.waiting,
    lastIndex: placeOfSelected(rows, before.lastIndex),
  });
}

const openRow = (): ConversationRow | null => {
  const { selectedId } = usePanel.getState();
  return list.rows.find((row) => row.id === selectedId) ?? null;
};

/** What is known: in the engine's order where the rows may move. */
function arranged(): HeldList<ConversationRow> {
  const still = listHold.isHeld() && list.rows.length > 0;
  return (still ? held : settled)(list, fresh, openRow());
}

function arrange(): void {
  show(arranged());
}

/** Puts the rows in their places now, at the person's wish. */
export function showWaiting(): void {
  show(settled(list, fresh, openRow()));
}

/** The selected conversation as it is now: its row may no longer be in any answer. */
export function takeSelected(row: ConversationRow): void {
  const index = list.leftIds.has(row.id) ? list.rows.findIndex((known) => known.id === row.id) : -1;
  if (index >= 0) show({ ...list, rows: list.rows.with(index, row) });
}

/** Where the open conversation stands though the filter holds it no longer; null: it is none of those. */
export function placeOfLeft(): number | null {
  const { rows, leftIds } = useConversations.getState();
  const { selectedId } = usePanel.getState();
  return selectedId !== null && leftIds.has(selectedId) ? placeOfSelected(rows, 0) : null;
}

/** The first list of a page, with the open conversation where a former page showed it; null: there is none to add. */
async function takeUpOpen(): Promise<HeldList<ConversationRow> | null> {
  const [leftAt, { selectedId }] = [takeLeftAt(), usePanel.getState()];
  if (leftAt === null || selectedId === null || fresh.some(({ id }) => id === selectedId)) return null;
  const answer = await client.call('conversations.get', { conversationId: selectedId });
  return answer.ok ? restored(fresh, answer.value, leftAt) : null;
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
    const { total, counts, isLowerBound } = answer.value;
    const key = queryKey(query);
    if (key !== useConversations.getState().shownKey) list = emptyList;
    fresh = keepSame(list.rows, answer.value.rows);
    show((await takeUpOpen()) ?? arranged(), { total, counts, isLowerBound, shownKey: key, error: null });
  } while (again);
  reading = false;
}

/** Reads further rows once the reader comes near the end. */
export function loadMoreConversations(): void {
  const { total } = useConversations.getState();
  if (fresh.length >= total || limit >= listMost || limit > fresh.length) return;
  limit = Math.min(listMost, limit + listStep);
  void loadConversations();
}

/** Keeps the list up to date while the panel is open; the returned function stops it. */
export function startConversations(): () => void {
  let key = queryKey(currentQuery());
  limit = limitFor(useListPlace.getState().returnTo?.index ?? 0);
  const onQuery = (): void => {
    const next = queryKey(currentQuery());
    if (next === key) return;
    key = next;
    limit = listStep;
    void loadConversations();
  };
  const stops = [
    usePanel.subscribe(({ selectedId }, before) => {
      // The conversation that was left is let go where the filter no longer holds it.
      if (selectedId !== before.selectedId) arrange();
      onQuery();
    }),
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
