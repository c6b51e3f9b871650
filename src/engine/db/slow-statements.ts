import type { Db } from './database.ts';

/** From here on a query is slow, in milliseconds: at 60 frames a second it costs a page two of them. */
const SLOW_MS = 40;

/** A statement that took too long. Its parameters are left out: they may be a buyer's words. */
export interface SlowStatement {
  readonly sql: string;
  readonly ms: number;
}

/** Times every statement prepared on `db` from now on, and tells `onSlow` of those over 40 ms. */
export function timeStatements(
  db: Db,
  onSlow: (query: SlowStatement) => void,
  now: () => number = () => performance.now(),
): void {
  const prepare = db.prepare.bind(db);
  const timed = (sql: string): ReturnType<typeof prepare> => {
    const statement = prepare(sql);
    const watch =
      <A extends unknown[], R>(run: (...parameters: A) => R) =>
      (...parameters: A): R => {
        const before = now();
        try {
          return run(...parameters);
        } finally {
          const ms = now() - before;
          if (ms > SLOW_MS) onSlow({ sql: sql.replaceAll(/\s+/g, ' '), ms: Math.round(ms) });
        }
      };
    statement.run = watch(statement.run.bind(statement));
    statement.get = watch(statement.get.bind(statement));
    statement.all = watch(statement.all.bind(statement));
    return statement;
  };
  db.prepare = timed as typeof db.prepare;
}
