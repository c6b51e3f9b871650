import { join } from 'node:path';

/** Where things lie in a data folder. */
export interface DataPaths {
  readonly database: string;
  readonly lock: string;
  readonly key: string;
  readonly backups: string;
  readonly logs: string;
  readonly media: string;
  /** Of stores' browsers: a folder for each account's session, downloads, and what the program itself needs. */
  readonly browsers: string;
  /** Replaced databases, a folder each. */
  readonly quarantine: string;
  /** Where a restore stands; there only while one is under way. */
  readonly recovery: string;
  /** What the last restore came to, until a person puts it away. */
  readonly report: string;
}

/** The paths inside this data folder. */
export function dataPaths(dataDir: string): DataPaths {
  return {
    database: join(dataDir, 'counterdesk.db'),
    lock: join(dataDir, 'lock.db'),
    key: join(dataDir, 'key.json'),
    backups: join(dataDir, 'backups'),
    logs: join(dataDir, 'logs'),
    media: join(dataDir, 'media'),
    browsers: join(dataDir, 'browsers'),
    quarantine: join(dataDir, 'quarantine'),
    recovery: join(dataDir, 'recovery.json'),
    report: join(dataDir, 'recovery-report.json'),
  };
}
