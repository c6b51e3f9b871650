import type { Db, Transaction } from './database.ts';

/** From here on a query is slow, in milliseconds: at 60 frames a second it costs a page two of them. */
const SLOW_MS = 40;

/** A statement that took too long. Its parameters are left out: they may be a buyer's words. */
export interface SlowStatement {
  readonly sql: string;
  readonly ms: number;
}

/** Who hears of what statements do. */
export interface StatementWatch {
  /** Of those over 40 ms. */
  onSlow?(query: SlowStatement): void;
  /** Of every error; answers the one to throw in its place. */
  onError?(error: unknown): unknown;
}

type Runs = <A extends unknown[], R>(run: (...parameters: A) => R) => (...parameters: A) => R;

/** Watches every statement prepared on `db` from now on, and every transaction: a full disk shows at the commit. */
export function watchStatements(
  db: Db,
  { onSlow = () => {}, onError = (error) => error }: StatementWatch,
  now: () => number = () => performance.now(),
): void {
  const translated: Runs =
    (run) =>
    (...parameters) => {
      try {
        return run(...parameters);
      } catch (error) {
        throw onError(error);
      }
    };
  const prepare = translated(db.prepare.bind(db));
  const watched = (sql: string): ReturnType<typeof prepare> => {
    const statement = prepare(sql);
    const timed: Runs =
      (run) =>
      (...parameters) => {
        const before = now();
        try {
          return run(...parameters);
        } catch (error) {
          throw onError(error);
        } finally {
          const ms = now() - before;
          if (ms > SLOW_MS) onSlow({ sql: sql.replaceAll(/\s+/g, ' '), ms: Math.round(ms) });
        }
      };
    statement.run = timed(statement.run.bind(statement));
    statement.get = timed(statement.get.bind(statement));
    statement.all = timed(statement.all.bind(statement));
    return statement;
  };
  const begin = db.transaction.bind(db);
  const transaction = <A extends unknown[], R>(work: (...parameters: A) => R): Transaction<A, R> => {
    const inner = begin(work);
    return Object.assign(translated(inner), { immediate: translated(inner.immediate) });
  };
  db.prepare = watched as typeof db.prepare;
  db.transaction = transaction;
}
