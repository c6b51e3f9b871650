import { join } from 'node:path';

/** Where things lie in a data folder. */
export interface DataPaths {
  readonly database: string;
  readonly lock: string;
  readonly key: string;
  readonly backups: string;
  readonly logs: string;
  readonly media: string;
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
  };
}
