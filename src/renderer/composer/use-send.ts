import { useEffect, useRef, useState } from 'react';
import { uuidv7 } from '../../base/ids.ts';
import type { ErrorShape } from '../../base/errors.ts';
import { client, clock } from '../client.ts';
import { goToNextNeedingReply } from '../panel/actions.ts';
import { tellStored } from '../thread/thread-events.ts';
import { restAfterSend } from './rest-after-send.ts';
import { attemptToSend } from './unsaved.ts';
import type { ComposerField } from './use-composer.ts';

/** How many of the newest messages are looked through for a send whose answer never came. */
const lookedThrough = 50;

/** Why a text was not taken: a text of the composer's locale file, or an error. The text stays in the field. */
export type SendProblem =
  { readonly key: 'tooLong' | 'away' | 'interrupted' } | { readonly error: ErrorShape };

export interface Sender {
  readonly problem: SendProblem | null;
  readonly clearProblem: () => void;
  readonly sending: boolean;
  readonly send: (thenNext: boolean) => void;
}

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/**
 * React hook: sends the field's text in the conversation it was typed in. The field is emptied only once the engine
 * has stored the message. A send without an answer keeps its id, so that sending the same text again is the same send.
 */
export function useSend(conversationId: number, maxLength: number, composer: ComposerField): Sender {
  const { field, keeper, put } = composer;
  const [problem, setProblem] = useState<SendProblem | null>(null);
  const [sending, setSending] = useState(false);
  const busy = useRef(false);

  /** Takes the stored text out of the field, after a composition under way: the field is not written to in one. */
  const [takeOut] = useState(() => (sent: string): void => {
    keeper.setAttempt(null);
    const element = field.current;
    const rest = restAfterSend(element?.value ?? keeper.text(), sent);
    if (element === null || rest === '') put(rest);
    else if (element.value.length !== rest.length) {
      element.setRangeText('', 0, sent.length, 'preserve');
      composer.onInput();
    }
    keeper.flush();
  });

  useEffect(() => {
    // The engine may have stored a message and gone before it could say so.
    const lookForAttempt = async (): Promise<void> => {
      const attempt = keeper.attempt();
      if (attempt === null || busy.current) return;
      const at = { kind: 'latest' } as const;
      const answer = await client.call('messages.page', { conversationId, at, limit: lookedThrough });
      if (!answer.ok || keeper.attempt() !== attempt) return;
      if (answer.value.messages.some(({ clientId }) => clientId === attempt.clientId)) {
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

  const sendNow = async (typed: string, thenNext: boolean): Promise<void> => {
    const attempt = attemptToSend(keeper.attempt(), typed, () => uuidv7(clock.now(), randomBytes));
    const { clientId } = attempt;
    keeper.setAttempt(attempt);
    busy.current = true;
    setSending(true);
    const answer = await client.call('outbox.send', { conversationId, clientId, text: typed.trim() });
    busy.current = false;
    setSending(false);
    if (!answer.ok) {
      // Refused before anything was stored: the next try is another send.
      if (answer.error.code === 'invalid' || answer.error.code === 'not-found') keeper.setAttempt(null);
      const interrupted = answer.error.code === 'closed' || answer.error.code === 'timed-out';
      setProblem(interrupted ? { key: 'interrupted' } : { error: answer.error });
      return;
    }
    takeOut(typed);
    tellStored(answer.value);
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
