import type {
  ConversationState,
  MessageAuthor,
  MessageKind,
  PlatformId,
  SendStatus,
} from '../../contract/models.ts';
import type { Db } from '../db/database.ts';

/** A row of the list as SQLite answers it. */
export interface ListRow {
  readonly id: number;
  readonly store_id: number;
  readonly platform: PlatformId;
  readonly site: string;
  readonly store_name: string;
  readonly buyer_id: number;
  readonly buyer_name: string;
  readonly avatar_url: string | null;
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
  readonly draft: string | null;
}

/** How far stores narrow the list: not at all, so little that walking the order is best, or so much that seeking is. */
export type StoreScope = 'all' | 'many' | 'few';
export type Sort = 'waiting' | 'newest';

export interface ListInput {
  readonly state: ConversationState | null;
  readonly stores: string;
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

const scopes = ['all', 'many', 'few'] as const;
const orders = {
  waiting: 'ifnull(waiting_since, 9e15), last_at DESC, id',
  newest: 'last_at DESC, id',
} as const;
const inStores = {
  all: 'TRUE',
  // The plus keeps the planner from seeking by store.
  many: '+store_id IN (SELECT value FROM json_each(@stores))',
  few: 'store_id IN (SELECT value FROM json_each(@stores))',
} as const;
const inIds = 'id IN (SELECT value FROM json_each(@ids))';
const unread = '(@unread = 0 OR unread > 0)';

/** Names a statement of `prepareList`. */
export function statementKey(scope: StoreScope, hasState: boolean, hasIds: boolean, sort: Sort): string {
  return [hasIds ? 'ids' : scope, hasState ? 'state' : 'any', sort].join(' ');
}

/** The ids of the list's rows: one statement for each shape of filter, so that each has the index it needs. */
export function prepareList(db: Db) {
  const ids = new Map<string, ReturnType<typeof prepareIds>>();
  for (const scope of scopes) {
    for (const hasState of [true, false]) {
      for (const hasIds of [true, false]) {
        for (const sort of ['waiting', 'newest'] as const) {
          const where = [
            hasIds ? `${inIds} AND (@stores = '[]' OR ${inStores.many})` : inStores[scope],
            hasState ? 'state = @state' : 'TRUE',
            unread,
            '(@trouble = 0 OR failed + unconfirmed > 0)',
          ];
          const index = scope === 'few' && !hasIds ? 'INDEXED BY conversations_counted' : '';
          ids.set(
            statementKey(scope, hasState, hasIds, sort),
            prepareIds(
              db,
              `SELECT id FROM conversations ${index} WHERE ${where.join(' AND ')}
              ORDER BY ${orders[sort]} LIMIT @limit`,
            ),
          );
        }
      }
    }
  }
  return ids;
}

function prepareIds(db: Db, sql: string) {
  return db.prepare<[ListInput], number>(sql).pluck();
}

/** How many rows each view has. */
export function prepareCounts(db: Db) {
  const count = (where: string) =>
    db.prepare<[Pick<ListInput, 'stores' | 'ids' | 'unread'>], CountRow>(
      `SELECT state, count(*) AS shown, sum(failed + unconfirmed > 0) AS trouble FROM conversations
       WHERE ${where} AND ${unread} GROUP BY state`,
    );
  return {
    all: count('TRUE'),
    stores: count(inStores.few),
    ids: count(`${inIds} AND (@stores = '[]' OR ${inStores.many})`),
  };
}

/** The rows of given conversations, in the order given; and the stores to filter by. */
export function prepareRows(db: Db) {
  return {
    rows: db.prepare<[ids: string], ListRow>(
      `SELECT c.id, c.store_id, s.platform, s.site, s.name AS store_name, c.buyer_id, b.name AS buyer_name,
         b.avatar_url, b.avatar_media_id, media.hash AS avatar_hash, c.state, c.snoozed_until, c.waiting_since,
         c.unread, c.last_at, m.kind AS last_kind, m.author AS last_author, substr(m.text, 1, 200) AS last_text,
         m.status AS last_status, m.error AS last_error, c.failed, c.unconfirmed, substr(d.text, 1, 200) AS draft
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
