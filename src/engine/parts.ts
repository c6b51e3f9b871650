import type { Clock } from '../base/time.ts';
import type { ErrorShape } from '../base/errors.ts';
import type { RandomBytes } from '../base/random.ts';
import type { Channel, ChannelFacts, StoreContext } from '../channels/channel.ts';
import type { FeedKind } from '../contract/feeds.ts';
import type { Handlers, Method } from '../contract/index.ts';
import type { PlatformId, StoreState } from '../contract/models.ts';
import type { Db } from './db/database.ts';
import type { Host } from './host.ts';

/** A named log. Fields are redacted at the sink; still, never pass a secret. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
  scope(name: string): Log;
}

/** Tells the pages what changed. Call it after the transaction has committed; it coalesces over 50 ms. */
export interface Feed {
  emit(kind: FeedKind, ids?: readonly number[]): void;
}

/** What other features need to know of a store. */
export interface StoreRecord {
  readonly id: number;
  readonly platform: PlatformId;
  readonly site: string;
  readonly name: string;
  readonly connection: 'api' | 'webchat';
  readonly live: { readonly mode: 'push' | 'poll'; readonly minMs: number; readonly maxMs: number };
  readonly settleMs: number;
  /** What its channel says of its platform: limits of texts and pages. */
  readonly facts: ChannelFacts;
}

/**
 * What a call of a platform is for. Where calls are limited, a `probe` (does anything answer?) goes first, then sends,
 * then what a person or a message waits for, then the rest. A `picture` is not the platform's own call: none is counted.
 */
export type CallFor = 'probe' | 'send' | 'person' | 'background' | 'picture';

/** The one way for other features to reach a store's platform. */
export interface StoreAccess {
  list(): readonly StoreRecord[];
  /** Throws `CodedError('not-found')`. */
  get(storeId: number): StoreRecord;
  /**
   * Runs `use` with a valid token: refreshed ahead of expiry, and once after `auth-expired`, one refresh at a time a
   * store, the new tokens stored before use. A `send` is repeated after a refresh only because `auth-expired` is a
   * well-formed refusal: nothing was sent. A refresh that is refused sets the store's state to `sign-in`.
   * `use` makes one call: where the app's are limited it waits for its turn first, as `what` says; `closed` once the
   * engine ends.
   */
  call<T>(
    storeId: number,
    what: CallFor,
    use: (channel: Channel, context: StoreContext) => Promise<T>,
  ): Promise<T>;
  /** How reading this store goes; shown in the rail. */
  report(storeId: number, state: StoreState, error: ErrorShape | null): void;
}

/** Whether a store may be reached now. Closed, nothing is attempted and nothing fails: it waits. */
export interface StoreGate {
  /** `proxy`: its proxy carries nothing, or it has none and must have one. Null: open. */
  closedFor(storeId: number): 'offline' | 'read-only' | 'proxy' | null;
  /** Heard after it has changed for any store. */
  onChange(listener: () => void): void;
}

/** What every feature is built from; made once, in `engine.ts`. */
export interface EngineParts {
  readonly db: Db;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly log: Log;
  readonly feed: Feed;
  readonly host: Host;
  readonly stores: StoreAccess;
  readonly gate: StoreGate;
}

/** One feature of the engine: its calls, and what it does by itself. */
export interface Feature<M extends Method> {
  readonly handlers: Pick<Handlers, M>;
  /** Begins timers and loops; called once, after every feature was made. */
  start?(): void;
  /** Ends them; waits for what is being written. */
  stop?(): Promise<void>;
}

/** Any feature, whatever calls it answers. */
export interface AnyFeature {
  readonly handlers: Partial<Handlers>;
  start?(): void;
  stop?(): Promise<void>;
}
