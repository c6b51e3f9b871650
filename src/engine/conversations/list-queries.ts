import {
  conversationStates,
  type ConversationState,
  type MessageAuthor,
  type MessageKind,
  type PlatformId,
  type SendStatus,
} from '../../contract/models.ts';
import type { Db } from '../db/database.ts';

/** A row of the list as SQLite answers it. */
export interface ListRow {
  readonly id: number;
  readonly store_id: number;
  readonly platform: PlatformId;
  readonly site: string;
  readonly store_name: string;
  readonly buyer_name: string;
  readonly avatar_media_id: number | null;
  readonly avatar_hash: string | null;
  readonly state: ConversationState;
  readonly snoozed_until: number | null;
  readonly waiting_since: number | null;
  readonly unread: number;
  readonly last_at: number;
  readonly last_kind: MessageKind | null;
  readonly last_author: MessageAuthor | null;
  readonly last_text: string | null;
  readonly last_status: SendStatus | null;
  readonly last_error: string | null;
  readonly failed: number;
  readonly unconfirmed: number;
  readonly held: number;
  readonly draft: string | null;
}

export type Sort = 'waiting' | 'newest';

/**
 * What narrows the list most, and so says how it is best read. `few`, `many`: stores, so few that seeking them is best,
 * or so many that walking the list's order is.
 */
export type Narrowing = 'ids' | 'trouble' | 'unread' | 'few' | 'many' | 'none';

export interface ListInput {
  readonly state: ConversationState | null;
  /** JSON array of store ids; empty for all. */
  readonly stores: string;
  /** JSON array of conversation ids. */
  readonly ids: string;
  readonly unread: number;
  readonly trouble: number;
  readonly limit: number;
}

export interface CountRow {
  readonly state: ConversationState;
  readonly shown: number;
  readonly trouble: number;
}

const orders = {
  waiting: 'ifnull(waiting_since, 9e15), last_at DESC, id',
  newest: 'last_at DESC, id',
} as const;

// A plus keeps the planner from choosing its index by that column.
const anyStore = `(@stores = '[]' OR +store_id IN (SELECT value FROM json_each(@stores)))`;
// Named in full, so that the index, whose first column the state is, can be sought by store.
const seekStores = `state IN ('needs-reply', 'waiting', 'snoozed', 'done')
  AND store_id IN (SELECT value FROM json_each(@stores))`;
const givenIds = 'id IN (SELECT value FROM json_each(@ids))';
const ifUnread = '(@unread = 0 OR unread > 0)';
const ifTrouble = '(@trouble = 0 OR failed + unconfirmed + held > 0)';
const anyState = '(@state IS NULL OR +state = @state)';

function prepareIds(db: Db, from: string, where: readonly string[], sort: Sort) {
  const sql = `SELECT id FROM conversations ${from} WHERE ${where.join(' AND ')} ORDER BY ${orders[sort]} LIMIT @limit`;
  return db.prepare<[ListInput], number>(sql).pluck();
}

/** All states by longest wait: the four orders, one for each state, merged. */
function prepareMerged(db: Db, stores: string) {
  const parts = conversationStates.map(
    (state) =>
      `SELECT id, ifnull(waiting_since, 9e15) AS wait, last_at FROM conversations
       WHERE ${[`state = '${state}'`, stores, ifUnread, ifTrouble].join(' AND ')}`,
  );
  const sql = `${parts.join(' UNION ALL ')} ORDER BY wait, last_at DESC, id LIMIT @limit`;
  return db.prepare<[ListInput], number>(sql).pluck();
}

/** The ids of the list's rows: one statement for each way of reading it. */
export function prepareList(db: Db) {
  const bySort = (sort: Sort) => {
    const walk = (state: string, stores: string) =>
      prepareIds(db, '', [state, stores, ifUnread, ifTrouble], sort);
    const seek = (from: string, first: string) =>
      prepareIds(db, from, [first, anyState, anyStore, ifUnread, ifTrouble], sort);
    return {
      ids: seek('', givenIds),
      trouble: seek('INDEXED BY conversations_troubled', 'failed + unconfirmed + held > 0'),
      unread: seek('INDEXED BY conversations_unread', 'unread > 0'),
      few: seek('INDEXED BY conversations_counted', seekStores),
      many: sort === 'waiting' ? prepareMerged(db, anyStore) : walk('@state IS @state', anyStore),
      none:
        sort === 'waiting'
          ? prepareMerged(db, '@stores IS @stores')
          : walk('@state IS @state', '@stores IS @stores'),
      manyInState: walk('state = @state', anyStore),
      noneInState: walk('state = @state', '@stores IS @stores'),
    };
  };
  return { waiting: bySort('waiting'), newest: bySort('newest') };
}

/** How many rows each view has. */
export function prepareCounts(db: Db) {
  const count = (from: string, where: string) =>
    db.prepare<[Pick<ListInput, 'stores' | 'ids' | 'unread'>], CountRow>(
      `SELECT state, count(*) AS shown, sum(failed + unconfirmed + held > 0) AS trouble FROM conversations ${from}
       WHERE ${where} AND ${ifUnread} GROUP BY state`,
    );
  return {
    all: count('INDEXED BY conversations_counted', 'TRUE'),
    stores: count('INDEXED BY conversations_counted', seekStores),
    ids: count('', `${givenIds} AND ${anyStore}`),
  };
}

/** The rows of given conversations, in the order given; and the stores to filter by. */
export function prepareRows(db: Db) {
  return {
    rows: db.prepare<[ids: string], ListRow>(
      `SELECT c.id, c.store_id, s.platform, s.site, s.name AS store_name, b.name AS buyer_name,
         b.avatar_media_id, media.hash AS avatar_hash, c.state, c.snoozed_until, c.waiting_since,
         c.unread, c.last_at, m.kind AS last_kind, m.author AS last_author, substr(m.text, 1, 200) AS last_text,
         m.status AS last_status, m.error AS last_error, c.failed, c.unconfirmed, c.held, substr(d.text, 1, 200) AS draft
       FROM json_each(?) wanted
       CROSS JOIN conversations c ON c.id = wanted.value
       CROSS JOIN stores s ON s.id = c.store_id
       CROSS JOIN buyers b ON b.id = c.buyer_id
       LEFT JOIN media ON media.id = b.avatar_media_id
       LEFT JOIN messages m ON m.id = c.last_message_id
       LEFT JOIN drafts d ON d.conversation_id = c.id
       ORDER BY wanted.key`,
    ),
    stores: db.prepare<[], { id: number; platform: PlatformId; site: string; group_id: number | null }>(
      'SELECT id, platform, site, group_id FROM stores',
    ),
  };
}
