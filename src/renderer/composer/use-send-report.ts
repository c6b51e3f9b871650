import { useCallback, useState, type RefObject } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { client, clock } from '../client.ts';
import { say, type NoticeNames } from '../panel/notice-store.ts';
import { answeredElsewhereAt, isInterrupted } from './send-once.ts';

/** Why something was not taken: a text of the composer's locale file, or an error. What was to go stays. */
export type SendProblem =
  | { readonly key: 'tooLong' | 'away' | 'interrupted' | 'earlierStored' | 'upload' }
  | { readonly error: ErrorShape; readonly what: 'text' | 'picture' };

/** A colleague answered since this was begun: the person is asked before it goes. */
export interface SendQuestion {
  /** When the colleague answered, and when this is asked; UTC milliseconds. */
  readonly answeredAt: number;
  readonly askedAt: number;
  /** What was asked for went on to the next buyer. */
  readonly thenNext: boolean;
}

/** What is said of the last try to send, and the ways to say it. */
export interface SendReport {
  readonly problem: SendProblem | null;
  readonly question: SendQuestion | null;
  readonly clear: () => void;
  /** For what is found out before anything was tried. */
  readonly refuse: (key: 'tooLong' | 'away') => void;
  /** The connection is back. */
  readonly forgetAway: () => void;
  readonly error: (error: ErrorShape, what: 'text' | 'picture', thenNext: boolean) => void;
  readonly notUploaded: () => void;
  readonly earlierStored: () => void;
}

/**
 * React hook: says why what was to go stays, at the field, or in passing and with `names` to whoever has gone elsewhere
 * meanwhile.
 */
export function useSendReport(field: RefObject<HTMLElement | null>, names: NoticeNames): SendReport {
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [question, setQuestion] = useState<SendQuestion | null>(null);
  const clear = useCallback(() => {
    setProblem(null);
    setQuestion(null);
  }, []);
  const forgetAway = useCallback(() => {
    setProblem((shown) => (shown !== null && 'key' in shown && shown.key === 'away' ? null : shown));
  }, []);
  const tell = (shown: SendProblem, passing: string, error: ErrorShape | null): void => {
    if (field.current !== null) setProblem(shown);
    else say(passing, error, names);
  };
  return {
    problem,
    question,
    clear,
    refuse: (key) => setProblem({ key }),
    forgetAway,
    error: (error, what, thenNext) => {
      const answeredAt = answeredElsewhereAt(error);
      const passing = what === 'text' ? 'notice.notSent' : 'notice.pictureNotSent';
      if (answeredAt !== null && field.current !== null) {
        setQuestion({ answeredAt, askedAt: clock.now(), thenNext });
      } else tell(isInterrupted(error) ? { key: 'interrupted' } : { error, what }, passing, error);
    },
    notUploaded: () =>
      tell({ key: 'upload' }, 'notice.pictureNotSent', { code: 'closed', message: 'Not uploaded' }),
    earlierStored: () => tell({ key: 'earlierStored' }, 'notice.earlierStored', null),
  };
}

/** Whether the page can reach its engine now. */
export function isOnline(): boolean {
  return client.useConnection.getState().state === 'online';
}
