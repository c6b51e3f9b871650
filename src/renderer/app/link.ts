import type { Result } from '../../base/result.ts';
import type { FeedEvent } from '../../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../../contract/index.ts';
import type { SystemInfo } from '../../contract/system.ts';
import type { CallOptions } from '../../wire/client.ts';
import type { StartFailure } from '../../wire/host-link.ts';

/** One live connection to the engine. It ends once, whoever ended it; calls still open then answer `closed`. */
export interface Link {
  /** What the engine said of itself when the link was made. */
  readonly info: SystemInfo;
  call<M extends Method>(
    method: M,
    input: CallInput<M>,
    options?: CallOptions,
  ): Promise<Result<CallOutput<M>>>;
  /** Events that came before it was set are delivered to it first. */
  onFeed(listener: (event: FeedEvent) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** What trying to connect led to. Only `unreachable` is tried again by itself. */
export type Attempt =
  | { readonly kind: 'link'; readonly link: Link }
  /** The host or the engine is not there; it may come back. */
  | { readonly kind: 'unreachable' }
  /** The host does not know this page: it must be opened by the address the host prints. */
  | { readonly kind: 'no-session' }
  /** The engine refuses to start; the person must act. */
  | { readonly kind: 'start-failed'; readonly reason: StartFailure };

/** How a page reaches its engine in one kind of host. Never rejects. */
export type Connect = () => Promise<Attempt>;
