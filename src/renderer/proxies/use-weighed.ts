import { useCallback, useEffect, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { weighMoves, type Move, type MoveWarning } from './bind.ts';

/** What is known of some moves before they are made. */
export interface Weighed {
  /** Null while it is being asked. */
  readonly warnings: readonly MoveWarning[] | null;
  readonly error: ErrorShape | null;
  /** Asks once more, after an error. */
  readonly again: () => void;
}

interface Answer extends Omit<Weighed, 'again'> {
  readonly key: string;
}

/** React hook: what these moves would bring about, asked anew whenever they change. */
export function useWeighed(moves: readonly Move[]): Weighed {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(moves);
  useEffect(() => {
    const asked = JSON.parse(key) as Move[];
    if (asked.length === 0) return;
    let wanted = true;
    void weighMoves(asked).then((result) => {
      if (!wanted) return;
      setAnswer(
        result.ok
          ? { key, warnings: result.value, error: null }
          : { key, warnings: null, error: result.error },
      );
    });
    return () => {
      wanted = false;
    };
  }, [key, turn]);
  const again = useCallback(() => {
    setAnswer(null);
    setTurn((count) => count + 1);
  }, []);
  if (moves.length === 0) return { warnings: [], error: null, again };
  return answer?.key === key ? { ...answer, again } : { warnings: null, error: null, again };
}
