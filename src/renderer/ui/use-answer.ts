import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { FeedKind } from '../../contract/feeds.ts';
import { client } from '../client.ts';

/** What was asked of the engine, as far as it is known. */
export interface Answer<T> {
  /** Null until it has answered; what was last known stays while it can't be read anew. */
  readonly value: T | null;
  readonly error: ErrorShape | null;
  /** It is being asked. */
  readonly isRunning: boolean;
  readonly again: () => void;
}

/**
 * React hook: asks, and asks again when told to, and whenever what `feed` is about changes. `ask` must stay the same while
 * the question does. An answer that comes when nobody waits for it any more is let go.
 */
export function useAnswer<T>(ask: () => Promise<Result<T>>, feed: FeedKind | null = null): Answer<T> {
  const [state, setState] = useState<Omit<Answer<T>, 'again'>>({ value: null, error: null, isRunning: true });
  // The answer to the newest question counts, whichever comes last.
  const newest = useRef(0);
  const again = useCallback(() => {
    newest.current += 1;
    const own = newest.current;
    setState((before) =>
      before.isRunning && before.error === null ? before : { ...before, isRunning: true },
    );
    void ask().then((answer) => {
      if (own !== newest.current) return;
      setState(({ value }) =>
        answer.ok
          ? { value: answer.value, error: null, isRunning: false }
          : { value, error: answer.error, isRunning: false },
      );
    });
  }, [ask]);
  useEffect(() => {
    again();
    const leave = feed === null ? undefined : client.onFeed(feed, again);
    return () => {
      newest.current += 1;
      leave?.();
    };
  }, [again, feed]);
  return { ...state, again };
}
