import { untold } from '../conversations/commit.ts';
import { createLedger } from '../conversations/ledger.ts';
import type { Db } from '../db/database.ts';
import { prepareRecovered } from './queries.ts';

/**
 * After a restore, an import or a take-over, before the outbox starts: whether anything that is not surely sent ever
 * left is unknown. Everything is looked for on its platform, and what is not found there waits for a person; nothing
 * leaves by itself. One transaction; doing it twice changes nothing. Answers how many messages it is about.
 */
export function markAllRecovered(db: Db): number {
  const queries = prepareRecovered(db);
  const ledger = createLedger(db);
  return db
    .transaction((): number => {
      let marked = 0;
      queries.dropNamed.run();
      for (const conversationId of queries.conversations.all()) {
        ledger.change(conversationId, untold(), () => {
          marked += queries.mark.run(conversationId).changes;
          queries.setStatus.run(conversationId);
        });
      }
      return marked;
    })
    .immediate();
}
