import type { Db } from '../db/database.ts';
import { isUnfit } from '../db/open.ts';

/** Does what can be done, or nothing; false where the row is not fit for this database: it stays where it is. */
export type Try = (work: () => boolean) => boolean;

class Left extends Error {}

/** Part of the transaction it is used in. */
export function createTry(db: Db): Try {
  return (work) => {
    try {
      db.transaction(() => {
        if (!work()) throw new Left();
      })();
      return true;
    } catch (error) {
      if (error instanceof Left || isUnfit(error)) return false;
      throw error;
    }
  };
}
