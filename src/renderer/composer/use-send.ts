import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from '../../base/ids.ts';
import type { ErrorShape } from '../../base/errors.ts';
import { client, clock } from '../client.ts';
import { goToNextNeedingReply } from '../panel/actions.ts';
import { say, type NoticeNames } from '../panel/notice-store.ts';
import { tellStored } from '../thread/thread-events.ts';
import { restAfterSend } from './rest-after-send.ts';
import { findSent, isInterrupted, sendOnce } from './send-once.ts';
import { attemptToSend } from './unsaved.ts';
import type { ComposerField } from './use-composer.ts';

/** Why a text was not taken: a text of the composer's locale file, or an error. The text stays in the field. */
export type SendProblem =
  { readonly key: 'tooLong' | 'away' | 'interrupted' | 'earlierStored' } | { readonly error: ErrorShape };

export interface Sender {
  readonly problem: SendProblem | null;
  readonly clearProblem: () => void;
  readonly sending: boolean;
  readonly send: (thenNext: boolean) => void;
}

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** Takes a stored text out of the field, after a composition under way: the field is not written to in one. */
function makeTakeOut({ field, keeper, put, onInput }: ComposerField): (sent: string) => void {
  return (sent) => {
    keeper.setAttempt(null);
    const element = field.current;
    const rest = restAfterSend(element?.value ?? keeper.text(), sent);
    if (element === null || rest === '') put(rest);
    else if (element.value.length !== rest.length) {
      element.setRangeText('', 0, sent.length, 'preserve');
      onInput();
    }
    keeper.flush();
  };
}

/**
 * React hook: sends the field's text in the conversation it was typed in. The field is emptied only once the engine
 * has stored the message. A send without an answer keeps its id, so that sending the same text again is the same send.
 * An error that comes after the person went elsewhere is said in passing, with `names`.
 */
export function useSend(
  conversationId: number,
  maxLength: number,
  composer: ComposerField,
  names: NoticeNames,
): Sender {
  const { field, keeper } = composer;
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [sending, setSending] = useState(false);
  const busy = useRef(false);
  const [takeOut] = useState(() => makeTakeOut(composer));

  useEffect(() => {
    // The engine may have stored a message and gone before it could say so.
    const lookForAttempt = async (): Promise<void> => {
      const attempt = keeper.attempt();
      if (attempt === null || busy.current) return;
      const found = await findSent(client.call, conversationId, attempt.clientId);
      if (!found.ok || keeper.attempt() !== attempt) return;
      if (found.value !== null) {
        takeOut(attempt.text);
        setProblem(null);
      }
    };
    void lookForAttempt();
    return client.useConnection.subscribe(({ state }, before) => {
      if (state !== 'online' || before.state === 'online') return;
      setProblem((shown) => (shown !== null && 'key' in shown && shown.key === 'away' ? null : shown));
      void lookForAttempt();
    });
  }, [conversationId, keeper, takeOut]);

  /** Says why the text stays, here or, to whoever went elsewhere meanwhile, in passing. */
  const tellProblem = (shown: SendProblem, passing: string, error: ErrorShape | null): void => {
    if (field.current !== null) setProblem(shown);
    else say(passing, error, names);
  };

  const sendNow = async (typed: string, thenNext: boolean): Promise<void> => {
    const earlier = keeper.attempt();
    const attempt = attemptToSend(earlier, typed, () => uuidv7(clock.now(), randomBytes));
    busy.current = true;
    setSending(true);
    const onStart = (): void => keeper.setAttempt(attempt);
    const outcome = await sendOnce({ call: client.call, conversationId, earlier, attempt, onStart });
    busy.current = false;
    setSending(false);
    if (outcome.kind === 'failed') {
      const { error } = outcome;
      // Refused before anything was stored: the next try is another send.
      if (error.code === 'invalid' || error.code === 'not-found') keeper.setAttempt(null);
      tellProblem(isInterrupted(error) ? { key: 'interrupted' } : { error }, 'notice.notSent', error);
      return;
    }
    tellStored(outcome.message);
    if (outcome.kind === 'earlier-stored') {
      takeOut(earlier?.text ?? '');
      tellProblem({ key: 'earlierStored' }, 'notice.earlierStored', null);
      return;
    }
    takeOut(typed);
    if (thenNext) goToNextNeedingReply(conversationId);
  };

  const send = (thenNext: boolean): void => {
    const typed = field.current?.value ?? '';
    const length = typed.trim().length;
    if (busy.current || length === 0) return;
    if (length > maxLength) setProblem({ key: 'tooLong' });
    else if (client.useConnection.getState().state !== 'online') setProblem({ key: 'away' });
    else {
      setProblem(null);
      void sendNow(typed, thenNext);
    }
  };
  return { problem, clearProblem: () => setProblem(null), sending, send };
}
