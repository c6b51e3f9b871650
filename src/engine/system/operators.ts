import { userInfo } from 'node:os';
import type { Db } from '../db/database.ts';
import { prepareSystem } from './queries.ts';

/** The person at this computer becomes the first operator when a data folder is opened for the first time. */
export function ensureOperator(db: Db, now: number): void {
  prepareSystem(db).addFirstOperator.run(userName(), now);
}

/** The system knows some users by number alone. */
function userName(): string {
  try {
    return userInfo().username || 'operator';
  } catch {
    return 'operator';
  }
}
