import type { ConnectionBundle } from '../contract/bundle.ts';
import type { Settings } from '../contract/settings.ts';
import type { Space } from '../contract/system.ts';

/** What a host tells the engine at its start. Paths are absolute. */
export interface EngineOptions {
  readonly dataDir: string;
  readonly migrationsDir: string;
  readonly space: Space;
  readonly version: string;
  /**
   * This machine and installation: the id is made once and kept outside DATA; the name is for people. `computer` tells
   * one from another that the id was copied to; null, or none, where the system has no name for it.
   */
  readonly machine: { readonly id: string; readonly name: string; readonly computer?: string | null };
  /**
   * The browser that shows stores: of the Chromium family, absolute. `isWindowed`: there is a display, and it can show
   * windows. Null, or none: this machine has no such browser.
   */
  readonly browser?: { readonly path: string; readonly isWindowed: boolean } | null;
  /** Environment, stores and tokens to upsert at this start (practice), or null. */
  readonly bundle: ConnectionBundle | null;
}

/** What a person is told outside the window. The words are the host's: `notice` in its locale file. */
export type Notice = 'messages-failing' | 'translation-near' | 'translation-used';

/** What the engine asks of its host; each is answered with the same `id`. Bytes travel as base64 text. */
export interface HostMethods {
  /** Wraps the data key with every key store the host has; `unwrap` takes one of them back, or null if it can't. */
  wrapKey(input: { key: string }): { by: string; blob: string }[];
  unwrapKey(input: { wraps: { by: string; blob: string }[] }): { key: string } | null;
  notify(input: {
    notice: Notice;
    /** A name, the same in every language. */
    title: string;
    language: Settings['language'];
    conversationId: number | null;
  }): null;
  /** Proxies in use that end within so many days; 0: they have ended. The host has the words. */
  proxiesEnd(input: { names: readonly string[]; days: number; language: Settings['language'] }): null;
  /** Proxies that have used so much of their month's traffic budget; nothing is stopped by it. */
  proxyBudgets(input: { names: readonly string[]; percent: 80 | 100; language: Settings['language'] }): null;
  /** 0 clears it. */
  setBadge(input: { count: number }): null;
  /** https links only; the host checks again. */
  openExternal(input: { url: string }): null;
  /** Answers before the switch begins; the engine is then stopped and started on the other folder. */
  switchSpace(input: { space: Space }): null;
  /** Answers, then stops this engine and starts another on the same folder (a restore waits for it). */
  restartEngine(input: Record<never, never>): null;
}
export type HostMethod = keyof HostMethods;

/** Messages from host to engine. Frames of page connections are opaque text; Electron hands a port over instead. */
export type HostToEngine =
  | { readonly kind: 'start'; readonly options: EngineOptions }
  | { readonly kind: 'connect'; readonly client: number }
  | { readonly kind: 'frame'; readonly client: number; readonly text: string }
  | { readonly kind: 'disconnect'; readonly client: number }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'answer-error'; readonly id: number; readonly message: string }
  /** What the operating system tells the host: the machine slept and woke, the network came or went. */
  | { readonly kind: 'system-event'; readonly event: 'resume' | 'online' | 'offline' }
  /** Finish what is being written and exit. */
  | { readonly kind: 'stop' };

/** Why an engine could not start; the host shows it in plain words and does not restart in a loop. */
export const startFailures = [
  'locked',
  'newer-database',
  'damaged-database',
  'failed-migration',
  'disk-full',
  'read-only-file',
  'other',
] as const;
export type StartFailure = (typeof startFailures)[number];

/** Messages from engine to host. */
export type EngineToHost =
  | { readonly kind: 'ready'; readonly epoch: string }
  | { readonly kind: 'start-failed'; readonly reason: StartFailure; readonly message: string }
  | { readonly kind: 'frame'; readonly client: number; readonly text: string }
  | { readonly kind: 'disconnect'; readonly client: number }
  | { readonly kind: 'ask'; readonly id: number; readonly method: HostMethod; readonly input: unknown };
