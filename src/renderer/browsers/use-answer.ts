import { useCallback, useEffect, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';

/** What a dialog shows of something it asked the engine for; `value` stays while it is asked again. */
export interface Asked<T> {
  readonly isRunning: boolean;
  readonly value: T | null;
  readonly error: ErrorShape | null;
  readonly again: () => void;
}

/** React hook: asks at once, and again when told to. An answer that comes after the dialog closed is let go. `ask` must not change. */
export function useAnswer<T>(ask: () => Promise<Result<T>>): Asked<T> {
  const [round, setRound] = useState(0);
  const [shown, setShown] = useState<Omit<Asked<T>, 'again'>>({ isRunning: true, value: null, error: null });
  useEffect(() => {
    let isWanted = true;
    void ask().then((answer) => {
      if (!isWanted) return;
      setShown((before) =>
        answer.ok
          ? { isRunning: false, value: answer.value, error: null }
          : { isRunning: false, value: before.value, error: answer.error },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [ask, round]);
  const again = useCallback(() => {
    setShown((before) => ({ ...before, isRunning: true, error: null }));
    setRound((rounds) => rounds + 1);
  }, []);
  return { ...shown, again };
}
