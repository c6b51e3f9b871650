import type { Handlers } from '../../contract/index.ts';
import type { KeptTranslation } from '../../contract/translation.ts';
import type { Db } from '../db/database.ts';
import { prepareCache } from './queries.ts';
import { textHash } from './text-hash.ts';

/** So much at a time: no other call waits for it. Characters. */
const MOST = 200_000;

/** The call that gives what is kept, with the messages it is of. Drafts that never were a message are left out. */
export function createExport(db: Db): Handlers['translation.export'] {
  const cache = prepareCache(db);
  const of = (conversationId: number): KeptTranslation[] => {
    const texts = new Map(
      cache.textsOf.all(conversationId).map((text) => [textHash(text).toString('hex'), text]),
    );
    return cache.ofConversation.all(conversationId).flatMap((row) => {
      const original = texts.get(row.hash.toString('hex'));
      if (original === undefined) return [];
      const { store_id: storeId, text: translation, source: from, target: to } = row;
      return [
        {
          storeId,
          original,
          translation,
          from,
          to,
          by: row.made_by,
          provider: row.provider,
          at: row.created_at,
        },
      ];
    });
  };
  return ({ storeId, after }) => {
    const rows: KeptTranslation[] = [];
    let characters = 0;
    for (const id of cache.exportable.all({ storeId, after })) {
      const own = of(id);
      rows.push(...own);
      characters += own.reduce((sum, row) => sum + row.original.length + row.translation.length, 0);
      if (characters > MOST) return { rows, next: id };
      after = id;
    }
    return { rows, next: rows.length === 0 ? null : after };
  };
}
