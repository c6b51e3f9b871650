import type { Result } from '../../base/result.ts';
import type { FeedEvent } from '../../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../../contract/index.ts';
import type { StartFailure } from '../../wire/host-link.ts';

/** One live connection to the engine. It ends once, whoever ended it; calls still open then answer `closed`. */
export interface Link {
  /** Changes at every start of the engine. */
  readonly epoch: string;
  call<M extends Method>(method: M, input: CallInput<M>): Promise<Result<CallOutput<M>>>;
  onFeed(listener: (event: FeedEvent) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** What trying to connect led to. Only `unreachable` is tried again by itself at once. */
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
