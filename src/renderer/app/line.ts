import type { ErrorCode } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { FeedEvent } from '../../contract/feeds.ts';
import type { CallInput, CallOutput, Method } from '../../contract/index.ts';
import type { CallOptions } from '../../wire/client.ts';
import { startHeartbeat, type Heartbeat } from './heartbeat.ts';
import type { Link } from './link.ts';

/** Errors that are made on this side. */
const unheard: ReadonlySet<ErrorCode> = new Set(['closed', 'timed-out', 'invalid']);

/** The link in use, and whether the engine at its other end lives. */
export interface Line {
  /** Null when there is none. */
  readonly link: Link | null;
  /**
   * The link while the engine answers. One that hangs gets nothing more: it would do it whenever it wakes, long after
   * it was given up.
   */
  readonly usable: Link | null;
  /** `onFeed` hears the link's events as long as it is the one in use. */
  begin(link: Link, onFeed: (event: FeedEvent) => void): void;
  end(): void;
  call<M extends Method>(
    over: Link,
    method: M,
    input: CallInput<M>,
    options?: CallOptions,
  ): Promise<Result<CallOutput<M>>>;
}

export function createLine(
  clock: Pick<Clock, 'after'>,
  on: { readonly onSilent: () => void; readonly onSpeaks: (link: Link) => void },
): Line {
  let link: Link | null = null;
  let heartbeat: Heartbeat | null = null;
  let isSilent = false;
  const end = (): void => {
    heartbeat?.stop();
    heartbeat = null;
    link = null;
    isSilent = false;
  };

  return {
    end,
    get link() {
      return link;
    },
    get usable() {
      return isSilent ? null : link;
    },
    begin: (next, onFeed) => {
      end();
      link = next;
      heartbeat = startHeartbeat(next, clock, {
        onSilent: () => {
          isSilent = true;
          on.onSilent();
        },
        onSpeaks: () => {
          isSilent = false;
          on.onSpeaks(next);
        },
      });
      next.onFeed((event) => {
        if (link !== next) return;
        heartbeat?.heard();
        onFeed(event);
      });
    },
    call: async (over, method, input, options) => {
      const answer = await over.call(method, input, options);
      if (over === link && (answer.ok || !unheard.has(answer.error.code))) heartbeat?.heard();
      return answer;
    },
  };
}
