import type { EventEmitter } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, where the built files are. */
export const ROOT_FOLDER = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What a main process did to the stand-in. */
export interface Seen {
  readonly schemes: { scheme: string; privileges: object }[];
  readonly windows: {
    readonly options: { readonly webPreferences?: Readonly<Record<string, unknown>> };
    readonly contents: EventEmitter & { windowOpenHandler: (() => { action: string }) | undefined };
    address: string;
  }[];
  /** Emits `message` with `{channel, message, ports}` for everything posted to a page. */
  readonly posted: EventEmitter;
  /** The handlers main set, by what they decide. */
  readonly handlers: Map<string, (...args: never[]) => unknown>;
  readonly opened: string[];
  readonly badges: number[];
  readonly notified: object[];
  sandboxed: boolean;
}
