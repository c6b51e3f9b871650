import Database from 'better-sqlite3';

/** Rows of a database that may be broken anywhere. */
export interface DamagedDatabase {
  /** As many rows as can be read before the first break; none when the statement itself can't run. */
  rows(sql: string, ...parameters: unknown[]): Readonly<Record<string, unknown>>[];
  close(): void;
}

/** Opens a closed database file to read what can still be read; null when nothing can. Never writes into it. */
export function openDamaged(path: string): DamagedDatabase | null {
  let db: InstanceType<typeof Database>;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
  } catch {
    return null;
  }
  return {
    rows: (sql, ...parameters) => {
      const read: Readonly<Record<string, unknown>>[] = [];
      try {
        const statement = db.prepare(sql);
        for (const row of statement.iterate(...parameters))
          read.push(row as Readonly<Record<string, unknown>>);
      } catch {
        // What came before the break is worth having.
      }
      return read;
    },
    close: () => void db.close(),
  };
}

/** The newest migration a closed database has had; null when it is none of Counterdesk's or can't be read. */
export function readVersion(path: string): number | null {
  const db = openDamaged(path);
  const versions = db?.rows('SELECT version FROM migrations').map(({ version }) => Number(version)) ?? [];
  db?.close();
  return versions.length === 0 ? null : Math.max(...versions);
}
