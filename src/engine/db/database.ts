/** What a statement that writes did. */
export interface RunResult {
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** A prepared statement: `P` are its parameters in order (or one object of named ones), `R` its rows. */
export interface Statement<P extends unknown[] = unknown[], R = unknown> {
  run(...parameters: P): RunResult;
  get(...parameters: P): R | undefined;
  all(...parameters: P): R[];
  iterate(...parameters: P): IterableIterator<R>;
  /** From here on a row is its first column alone; `R` is then that column. */
  pluck(): this;
}

/** A function that runs in one transaction: committed when it returns, rolled back when it throws. */
export interface Transaction<A extends unknown[], R> {
  (...parameters: A): R;
  /** Takes the write lock at once: right for whatever will write. */
  immediate(...parameters: A): R;
}

/**
 * The open database, as far as features use it: better-sqlite3's, by its own names. Only this folder imports the
 * package. Transactions are synchronous, so nothing else of the engine runs in between.
 */
export interface Db {
  readonly open: boolean;
  readonly inTransaction: boolean;
  prepare<P extends unknown[] = unknown[], R = unknown>(sql: string): Statement<P, R>;
  transaction<A extends unknown[], R>(work: (...parameters: A) => R): Transaction<A, R>;
  /** Runs statements that take and answer nothing. */
  exec(sql: string): unknown;
  pragma(source: string, options?: { readonly simple?: boolean }): unknown;
  function(name: string, implementation: (...parameters: unknown[]) => unknown): unknown;
  /** Copies the database to a file while it stays usable. */
  backup(path: string): Promise<unknown>;
  close(): unknown;
}
