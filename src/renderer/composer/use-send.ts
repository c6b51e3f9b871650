import { useEffect, useRef, useState } from 'react';
import { pickedOf } from '../attachments/picked.ts';
import { sendPictures } from '../attachments/send-pictures.ts';
import { client } from '../client.ts';
import { goToNextNeedingReply } from '../panel/actions.ts';
import type { NoticeNames } from '../panel/notice-store.ts';
import { restAfterSend } from './rest-after-send.ts';
import { findSent } from './send-once.ts';
import { sendText } from './send-text.ts';
import type { ComposerField } from './use-composer.ts';
import { isOnline, useSendReport, type SendReport } from './use-send-report.ts';

export interface Sender extends Pick<SendReport, 'problem' | 'question' | 'clear'> {
  readonly sending: boolean;
  /** `anyway`: the person was asked. `words`: what goes out for the field's text; that itself unless told. */
  readonly send: (thenNext: boolean, anyway?: boolean, words?: string) => void;
}

interface How {
  readonly thenNext: boolean;
  readonly anyway: boolean;
  readonly begunAt: number | null;
  /** Null: the text as it was typed. */
  readonly words: string | null;
}

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
    keeper.begin();
    keeper.flush();
  };
}

/** When the oldest of what is to go was begun, UTC milliseconds; null where nobody knows. */
function begunAt(conversationId: number, keeper: ComposerField['keeper']): number | null {
  const times = pickedOf(conversationId).map(({ pickedAt }) => pickedAt);
  const text = keeper.begunAt();
  if (text !== null) times.push(text);
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * React hook: sends the pictures picked and then the field's text, in the conversation they were meant for. Each leaves
 * the composer only once the engine has stored it. A send without an answer keeps its id, so that sending the same again
 * is the same send. An error that comes after the person went elsewhere is said in passing, with `names`. `onSend` is
 * called at every try.
 */
export function useSend(
  conversationId: number,
  maxLength: number,
  composer: ComposerField,
  names: NoticeNames,
  onSend: () => void,
): Sender {
  const { field, keeper } = composer;
  const report = useSendReport(field, names);
  const { problem, question, clear, forgetAway } = report;
  const [sending, setSending] = useState(false);
  const busy = useRef(false);
  const [takeOut] = useState(() => makeTakeOut(composer));

  useEffect(() => {
    // The engine may have stored a message and gone before it could say so.
    const lookForAttempt = async (): Promise<void> => {
      const attempt = keeper.attempt();
      if (attempt === null || busy.current) return;
      const found = await findSent(client.call, conversationId, attempt.clientId);
      if (!found.ok || keeper.attempt() !== attempt || found.value === null) return;
      takeOut(attempt.text);
      clear();
    };
    void lookForAttempt();
    return client.useConnection.subscribe(({ state }, before) => {
      if (state !== 'online' || before.state === 'online') return;
      forgetAway();
      void lookForAttempt();
    });
  }, [clear, conversationId, forgetAway, keeper, takeOut]);

  const sendAll = async (typed: string, how: How): Promise<void> => {
    const failed = await sendPictures(conversationId, how);
    if (failed?.kind === 'upload') return report.notUploaded();
    if (failed !== null) return report.error(failed.error, 'picture', how.thenNext);
    if (typed.trim() !== '') {
      const outcome = await sendText(conversationId, keeper, typed, how);
      if (outcome.kind === 'failed') return report.error(outcome.error, 'text', how.thenNext);
      takeOut(outcome.taken);
      if (outcome.kind === 'earlier-stored') return report.earlierStored();
    }
    if (how.thenNext) goToNextNeedingReply(conversationId);
  };

  const send = (thenNext: boolean, anyway = false, words: string | null = null): void => {
    const typed = field.current?.value ?? '';
    const { length } = typed.trim();
    if (busy.current || (length === 0 && pickedOf(conversationId).length === 0)) return;
    clear();
    onSend();
    if ((words?.length ?? length) > maxLength) return report.refuse('tooLong');
    if (!isOnline()) return report.refuse('away');
    busy.current = true;
    setSending(true);
    void sendAll(typed, { thenNext, anyway, words, begunAt: begunAt(conversationId, keeper) }).finally(() => {
      busy.current = false;
      setSending(false);
    });
  };
  return { problem, question, clear, sending, send };
}
