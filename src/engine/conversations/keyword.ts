import type { ConversationRow } from '../../contract/models.ts';
import type { Db } from '../db/database.ts';
import type { Search } from '../search/search.ts';
import { snippetOf } from '../search/snippet.ts';
import { prepareKeyword } from './keyword-queries.ts';

/**
 * So many hits of each kind are looked at, the newest first. Two letters can be in every second message ever
 * written; nobody reads that list to its end, and collecting it would hold up everything else for seconds.
 */
const MAX_HITS = 10_000;

/** What a keyword finds. */
export interface KeywordHits {
  readonly ids: readonly number[];
  /** There are more hits than were looked at: of what they would add nobody knows. */
  readonly isLowerBound: boolean;
  /** The newest message found in each of these conversations, by conversation id. */
  matches(conversationIds: readonly number[]): ReadonlyMap<number, NonNullable<ConversationRow['match']>>;
}

/** Finds the conversations whose buyer, store or messages hold every word of a keyword. */
export function createKeywordSearch(
  db: Db,
  search: Search,
  maxHits = MAX_HITS,
): (keyword: string) => KeywordHits {
  const queries = prepareKeyword(db);
  return (keyword) => {
    let isLowerBound = false;
    const hits = (kind: 'message' | 'buyer' | 'store'): string => {
      const found = search.match(keyword, { kind, limit: maxHits + 1 });
      isLowerBound ||= found.length > maxHits;
      return JSON.stringify(found.slice(0, maxHits));
    };
    const messages = hits('message');
    const ids = queries.conversations.all({ messages, buyers: hits('buyer'), stores: hits('store') });
    return {
      ids,
      isLowerBound,
      matches: (conversationIds) => {
        const rows = queries.newestHits.all({ messages, conversations: JSON.stringify(conversationIds) });
        return new Map(
          rows.map(({ conversation_id: conversationId, id, text, translation }) => {
            const own = snippetOf(text ?? '', keyword);
            // Found by the words of its translation alone.
            const isTranslated = own.to === own.from && translation !== null;
            return [
              conversationId,
              { messageId: id, ...(isTranslated ? snippetOf(translation, keyword) : own) },
            ] as const;
          }),
        );
      },
    };
  };
}
