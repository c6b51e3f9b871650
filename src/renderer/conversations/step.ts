import type { ConversationRow } from '../../contract/models.ts';

/**
 * The row that J (`by` 1) or K (`by` -1) goes to. If the selected conversation has left the list, the rows beside
 * the place where it last was; with nothing selected yet, the first or the last row. Null: nowhere to go.
 */
export function stepFrom(
  rows: readonly ConversationRow[],
  selectedId: number | null,
  lastIndex: number,
  by: 1 | -1,
): ConversationRow | null {
  const index = rows.findIndex((row) => row.id === selectedId);
  if (index >= 0) return rows[index + by] ?? null;
  if (selectedId === null || lastIndex < 0) return (by === 1 ? rows[0] : rows.at(-1)) ?? null;
  const place = Math.min(lastIndex, rows.length);
  return rows[by === 1 ? Math.min(place, rows.length - 1) : place - 1] ?? null;
}

/** The conversation to go on with after answering `fromId`: the next below that needs a reply, else from the top. */
export function nextNeedingReply(
  rows: readonly ConversationRow[],
  fromId: number,
  lastIndex: number,
): ConversationRow | null {
  const index = rows.findIndex((row) => row.id === fromId);
  const start = index >= 0 ? index + 1 : Math.max(0, lastIndex);
  const needs = (row: ConversationRow): boolean => row.state === 'needs-reply' && row.id !== fromId;
  return rows.slice(start).find(needs) ?? rows.find(needs) ?? null;
}
