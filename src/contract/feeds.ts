/** What a feed event is about. */
export type FeedKind =
  | 'stores'
  | 'groups'
  | 'conversations'
  | 'messages'
  | 'drafts'
  | 'settings'
  | 'outbox'
  | 'network'
  | 'backups'
  | 'proxies'
  | 'browsers'
  | 'translation'
  | 'system';

/**
 * Sent to every connected page after a commit, coalesced over 50 ms. Not stored: a gap in `seq`, or another
 * `epoch`, means "read again". `ids` are store ids for `stores` and `outbox`, conversation ids for `conversations`,
 * `messages` and `drafts`, account ids for `browsers`; empty means "any of them".
 */
export interface FeedEvent {
  readonly epoch: string;
  readonly seq: number;
  readonly kind: FeedKind;
  readonly ids: readonly number[];
}
