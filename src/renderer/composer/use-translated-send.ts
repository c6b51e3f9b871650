import { useEffect, useRef, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { client } from '../client.ts';
import { tell } from '../panel/tell.ts';
import type { ComposerField } from './use-composer.ts';
import type { Outgoing } from './use-outgoing.ts';
import type { Sender } from './use-send.ts';
import { isOnline } from './use-send-report.ts';

/** No translation can be had: a person is asked whether the text goes as it is. */
export interface UntranslatedQuestion {
  readonly error: ErrorShape;
  readonly thenNext: boolean;
}

export interface TranslatedSender extends Sender {
  /** It was told to go, and waits for its translation. */
  readonly waiting: boolean;
  readonly untranslated: UntranslatedQuestion | null;
  readonly sendUntranslated: () => void;
  readonly dropQuestion: () => void;
}

/**
 * React hook: sends what stands in the field translated, where answers are. Only a translation made from exactly the
 * text that stands there when it goes; whoever types on, or goes elsewhere, while it is waited for has taken the word
 * back. What can't be translated is asked about: the text itself never goes out silently.
 */
export function useTranslatedSend(
  conversationId: number,
  sender: Sender,
  { field, keeper: draft }: ComposerField,
  { how, error, keeper }: Outgoing,
): TranslatedSender {
  const [waiting, setWaiting] = useState(false);
  const [untranslated, setUntranslated] = useState<UntranslatedQuestion | null>(null);
  const wait = useRef(0);
  /** Told to go before it was known how answers go out. */
  const held = useRef<{ readonly thenNext: boolean; readonly anyway: boolean } | null>(null);
  /** The text a person said is to go as it is. */
  const asItIs = useRef<string | null>(null);
  const to = how?.to ?? null;

  useEffect(() => {
    const stop = onOtherText(draft, () => {
      wait.current += 1;
      held.current = null;
      asItIs.current = null;
      setWaiting(false);
      setUntranslated(null);
    });
    return () => {
      wait.current += 1;
      stop();
    };
  }, [draft]);

  const translated = async (thenNext: boolean, anyway: boolean): Promise<void> => {
    if (to === null) return;
    wait.current += 1;
    const own = wait.current;
    setWaiting(true);
    const typed = field.current?.value ?? '';
    const made = await keeper.exactly(typed);
    if (own !== wait.current || field.current?.value !== typed) return;
    setWaiting(false);
    if (made.state === 'failed') return setUntranslated({ error: made.error, thenNext });
    const { words, edited } = made;
    if (words === null) return sender.send(thenNext, anyway);
    if (words.trim() === '') return;
    if (edited)
      void client.call('translation.prefer', { conversationId, text: made.source, words, to }).then(tell);
    sender.send(thenNext, anyway, words.trim());
  };

  const send = (thenNext: boolean, anyway: boolean): void => {
    const typed = field.current?.value ?? '';
    setUntranslated(null);
    if (how === null && error === null) {
      held.current = { thenNext, anyway };
      setWaiting(true);
    } else if (how === null && error !== null && isOnline()) setUntranslated({ error, thenNext });
    else if (to === null || typed.trim() === '' || asItIs.current === typed) sender.send(thenNext, anyway);
    else void translated(thenNext, anyway);
  };
  const latest = useRef(send);
  useEffect(() => {
    latest.current = send;
  });
  useEffect(() => {
    const waits = held.current;
    if (waits === null || (how === null && error === null)) return;
    held.current = null;
    setWaiting(false);
    latest.current(waits.thenNext, waits.anyway);
  }, [how, error]);

  return {
    ...sender,
    waiting,
    untranslated,
    sendUntranslated: () => {
      const thenNext = untranslated?.thenNext ?? false;
      asItIs.current = field.current?.value ?? null;
      setUntranslated(null);
      sender.send(thenNext, false);
    },
    dropQuestion: () => setUntranslated(null),
    send: (thenNext, anyway = false) => {
      if (!waiting) send(thenNext, anyway);
    },
  };
}

/** Told when the text is another; the keeper tells of savings too. */
function onOtherText(draft: ComposerField['keeper'], told: () => void): () => void {
  let text = draft.text();
  return draft.watch(() => {
    if (draft.text() === text) return;
    text = draft.text();
    told();
  });
}
