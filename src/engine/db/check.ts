import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/**
 * The worker's whole program, as text: it then runs the same from source, from the bundle and from an archive.
 * The package's path comes with it, because code run this way can't resolve packages by itself.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const Database = require(workerData.sqlite);
try {
  const db = new Database(workerData.path, { readonly: true, fileMustExist: true });
  const rows = db.pragma('quick_check(20)').map((row) => Object.values(row)[0]);
  db.close();
  parentPort.postMessage(rows.length === 1 && rows[0] === 'ok' ? [] : rows);
} catch (error) {
  parentPort.postMessage([String(error && error.message)]);
}`;

/** A `quick_check` under way. */
export interface RunningCheck {
  /** What is wrong with the file; empty when it is whole, null when the check was stopped or could not run. */
  readonly problems: Promise<readonly string[] | null>;
  stop(): Promise<void>;
}

/**
 * Reads through the whole database in a thread of its own (2.5 s at a million messages), so that the engine
 * answers meanwhile.
 */
export function quickCheck(path: string): RunningCheck {
  const sqlite = createRequire(import.meta.url).resolve('better-sqlite3');
  const worker = new Worker(PROGRAM, { eval: true, workerData: { path, sqlite } });
  const { promise, resolve } = Promise.withResolvers<readonly string[] | null>();
  worker.once('message', (found: string[]) => resolve(found));
  worker.once('error', () => resolve(null));
  worker.once('exit', () => resolve(null));
  return {
    problems: promise,
    stop: async () => {
      resolve(null);
      await worker.terminate();
    },
  };
}
