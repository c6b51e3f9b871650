import type { Db } from '../db/database.ts';
import type { Search } from '../search/search.ts';
import { prepareKeyword } from './keyword-queries.ts';

/**
 * So many hits of each kind are looked at, the newest first. Two letters can be in every second message ever
 * written; nobody reads that list to its end, and collecting it would hold up everything else for seconds.
 */
const MAX_HITS = 10_000;

/** Finds the conversations whose buyer, store or messages hold every word of a keyword. */
export function createKeywordSearch(db: Db, search: Search): (keyword: string) => number[] {
  const queries = prepareKeyword(db);
  return (keyword) => {
    const hits = (kind: 'message' | 'buyer' | 'store'): string =>
      JSON.stringify(search.match(keyword, { kind, limit: MAX_HITS }));
    return queries.conversations.all({
      messages: hits('message'),
      buyers: hits('buyer'),
      stores: hits('store'),
    });
  };
}
