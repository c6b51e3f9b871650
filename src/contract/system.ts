import { z } from 'zod';
import { call } from './define.ts';

/** Which data folder is open: the seller's own, or the practice one with the sandbox's stores. */
export type Space = 'real' | 'practice';

/** What keeps the data folder from being written. */
export type StorageTrouble = 'disk-full' | 'read-only-file' | 'file-trouble';

export interface SystemInfo {
  readonly version: string;
  readonly space: Space;
  readonly dataDir: string;
  /** Changes at every start of the engine. */
  readonly epoch: string;
  readonly storeCount: number;
  /**
   * This data was last used on another machine or in another folder: it is shown, but nothing is read from or sent to
   * platforms until this machine takes over. Null in the ordinary case.
   */
  readonly readOnly: {
    readonly machine: string;
    readonly lastUsedAt: number | null;
    /** Where on this machine it was last used: it was moved, or is a copy. Null: it was another machine. */
    readonly otherFolder: string | null;
  } | null;
  /** Nothing can be saved now; goes away by itself once it can. Null in the ordinary case. */
  readonly storage: StorageTrouble | null;
}

/** The engine itself and its host. Feed: `system` when `readOnly` or `storage` changed. */
export const systemContract = {
  /** Answers at once: a page that hears nothing knows that the other side hangs. */
  'system.ping': call<null>()(z.object({})),
  'system.info': call<SystemInfo>()(z.object({})),
  /**
   * Asks the host to close this data folder and open the other one; the engine restarts and the page reconnects.
   * Entering practice starts the sandbox. Error: `unreachable` when the sandbox can't start.
   */
  'system.switchSpace': call<null>()(z.object({ space: z.enum(['real', 'practice']) })),
  /** Opens a page in the person's own browser, outside Counterdesk. Error: `unreachable`, reason `no-opener`. */
  'system.openExternal': call<null>()(z.object({ url: z.url({ protocol: /^https$/i }).max(8000) })),
};
