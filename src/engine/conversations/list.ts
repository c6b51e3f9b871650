import type { ErrorShape } from '../../base/errors.ts';
import type {
  ConversationCounts,
  ConversationFilter,
  ConversationList,
} from '../../contract/conversations.ts';
import type { ConversationRow } from '../../contract/models.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { Db } from '../db/database.ts';
import { readJson } from '../messages/view.ts';
import type { KeywordHits } from './keyword.ts';
import {
  prepareCounts,
  prepareList,
  prepareRows,
  type CountRow,
  type ListInput,
  type ListRow,
  type Narrowing,
} from './list-queries.ts';

/** From this share of all stores on, walking the list's order beats collecting and sorting. */
const MANY_STORES = 0.25;

/** Reading the conversation list. */
export interface ConversationLists {
  list(input: HandlerInput<'conversations.list'>): {
    readonly list: ConversationList;
    readonly rows: ListRow[];
  };
  rows(conversationIds: readonly number[]): ListRow[];
}

/** `findConversations` answers what a keyword finds. */
export function createLists(db: Db, findConversations: (keyword: string) => KeywordHits): ConversationLists {
  const ids = prepareList(db);
  const counts = prepareCounts(db);
  const { rows, stores } = prepareRows(db);

  /** Ids of the stores that fit, and their share; null when stores don't narrow the list. */
  const fittingStores = (filter: ConversationFilter): { ids: number[]; isMany: boolean } | null => {
    const { platforms, sites, storeIds, groupId } = filter;
    if (platforms.length + sites.length + storeIds.length === 0 && groupId === null) return null;
    const all = stores.all();
    const ids = all
      .filter(
        (store) =>
          (platforms.length === 0 || platforms.includes(store.platform)) &&
          (sites.length === 0 || sites.includes(store.site)) &&
          (storeIds.length === 0 || storeIds.includes(store.id)) &&
          (groupId === null || store.group_id === groupId),
      )
      .map((store) => store.id);
    // No store fits: an id that none has, since an empty list means all.
    return { ids: ids.length === 0 ? [0] : ids, isMany: ids.length >= all.length * MANY_STORES };
  };

  const readRows = (conversationIds: readonly number[]): ListRow[] =>
    rows.all(JSON.stringify(conversationIds));

  return {
    rows: readRows,
    list: ({ filter, sort, limit }) => {
      const fitting = fittingStores(filter);
      const keyword = filter.keyword.trim();
      const found = keyword === '' ? null : findConversations(keyword);
      const input: ListInput = {
        state: filter.state,
        stores: JSON.stringify(fitting?.ids ?? []),
        ids: JSON.stringify(found?.ids ?? []),
        unread: filter.unread ? 1 : 0,
        trouble: filter.trouble ? 1 : 0,
        limit,
      };
      const narrowing = narrowingOf(filter, found !== null, fitting);
      const ways = ids[sort];
      const isWalk = narrowing === 'none' || narrowing === 'many';
      const statement = isWalk && filter.state !== null ? ways[`${narrowing}InState`] : ways[narrowing];
      const shown = readRows(statement.all(input));
      const perState = counts[found !== null ? 'ids' : fitting === null ? 'all' : 'stores'].all(input);
      return {
        rows: shown,
        list: {
          rows: withMatches(shown.map(toConversationRow), found),
          total: totalOf(perState, filter),
          counts: toCounts(perState),
          isLowerBound: found?.isLowerBound ?? false,
        },
      };
    },
  };
}

function withMatches(rows: ConversationRow[], found: KeywordHits | null): ConversationRow[] {
  if (found === null) return rows;
  const matches = found.matches(rows.map((row) => row.id));
  return rows.map((row) => ({ ...row, match: matches.get(row.id) ?? null }));
}

function narrowingOf(
  filter: ConversationFilter,
  hasIds: boolean,
  fitting: { readonly isMany: boolean } | null,
): Narrowing {
  if (hasIds) return 'ids';
  if (filter.trouble) return 'trouble';
  if (fitting !== null && !fitting.isMany) return 'few';
  if (filter.unread) return 'unread';
  return fitting === null ? 'none' : 'many';
}

function toCounts(perState: readonly CountRow[]): ConversationCounts {
  const of = (state: CountRow['state']): number => perState.find((row) => row.state === state)?.shown ?? 0;
  return {
    'needs-reply': of('needs-reply'),
    waiting: of('waiting'),
    snoozed: of('snoozed'),
    done: of('done'),
    all: perState.reduce((sum, row) => sum + row.shown, 0),
    trouble: perState.reduce((sum, row) => sum + row.trouble, 0),
  };
}

function totalOf(perState: readonly CountRow[], filter: ConversationFilter): number {
  return perState
    .filter((row) => filter.state === null || row.state === filter.state)
    .reduce((sum, row) => sum + (filter.trouble ? row.trouble : row.shown), 0);
}

/** A row as pages see it. */
export function toConversationRow(row: ListRow): ConversationRow {
  return {
    id: row.id,
    storeId: row.store_id,
    platform: row.platform,
    site: row.site,
    storeName: row.store_name,
    buyerName: row.buyer_name,
    avatarHash: row.avatar_hash,
    state: row.state,
    snoozedUntil: row.snoozed_until,
    waitingSince: row.waiting_since,
    unread: row.unread,
    lastAt: row.last_at,
    last:
      row.last_kind === null || row.last_author === null
        ? null
        : {
            kind: row.last_kind,
            author: row.last_author,
            text: row.last_text,
            translation: null,
            status: row.last_status,
            error: readJson<ErrorShape>(row.last_error),
          },
    failed: row.failed,
    held: row.held,
    unconfirmed: row.unconfirmed,
    draft: row.draft,
    match: null,
  };
}
