import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import { client } from '../client.ts';

/** What was asked of the engine, as far as it is known. */
export interface Answer<T> {
  /** Null until it has answered; what was last known stays while it can't be read anew. */
  readonly value: T | null;
  readonly error: ErrorShape | null;
  readonly again: () => void;
}

/** React hook: asks, and asks again whenever proxies change. `ask` must stay the same while the question does. */
export function useAnswer<T>(ask: () => Promise<Result<T>>): Answer<T> {
  const [state, setState] = useState<Omit<Answer<T>, 'again'>>({ value: null, error: null });
  // The answer to the newest question counts, whichever comes last.
  const newest = useRef(0);
  const again = useCallback(() => {
    newest.current += 1;
    const own = newest.current;
    void ask().then((answer) => {
      if (own !== newest.current) return;
      setState(({ value }) =>
        answer.ok ? { value: answer.value, error: null } : { value, error: answer.error },
      );
    });
  }, [ask]);
  useEffect(() => {
    again();
    const leave = client.onFeed('proxies', again);
    return () => {
      newest.current += 1;
      leave();
    };
  }, [again]);
  return { ...state, again };
}
