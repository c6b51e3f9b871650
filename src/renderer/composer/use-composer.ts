import { useEffect, useRef, useState, type RefObject } from 'react';
import { client } from '../client.ts';
import { onTakenBack } from './composer-events.ts';
import { takeFocusWish } from './composer-focus.ts';
import { joinTexts, type DraftKeeper } from './draft-keeper.ts';
import { keeperOf } from './keepers.ts';

export interface ComposerField {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly keeper: DraftKeeper;
  /** Length of the text in the field, in UTF-16 units. */
  readonly length: number;
  /** A saved draft that arrived after the person had begun to type; null if none waits. */
  readonly waitingDraft: string | null;
  readonly insertWaiting: () => void;
  readonly dropWaiting: () => void;
  readonly onInput: () => void;
  /** Writes into the field: only at the person's own wish. */
  readonly put: (text: string) => void;
}

/** Keeps the field as the keeper has it; it is not written to while an input method composes. */
function follow(element: HTMLTextAreaElement, keeper: DraftKeeper, told: () => void): () => void {
  let isComposing = false;
  const begun = (): void => void (isComposing = true);
  const ended = (): void => void (isComposing = false);
  // One goes on writing where the draft ends.
  element.setSelectionRange(element.value.length, element.value.length);
  element.addEventListener('compositionstart', begun);
  element.addEventListener('compositionend', ended);
  const stop = keeper.watch(() => {
    const text = keeper.text();
    if (element.value !== text && !isComposing) {
      element.value = text;
      element.setSelectionRange(text.length, text.length);
    }
    told();
  });
  return () => {
    stop();
    element.removeEventListener('compositionstart', begun);
    element.removeEventListener('compositionend', ended);
  };
}

/** React hook: the composer's text and its draft. The component must be keyed by the conversation. */
export function useComposerField(conversationId: number): ComposerField {
  const field = useRef<HTMLTextAreaElement>(null);
  const [keeper] = useState(() => keeperOf(conversationId));
  const [length, setLength] = useState(() => keeper.text().length);
  const [waitingDraft, setWaitingDraft] = useState(() => keeper.earlier());

  useEffect(() => {
    const told = (): void => {
      setLength(keeper.text().length);
      setWaitingDraft(keeper.earlier());
    };
    const isElsewhere = (): boolean => document.activeElement !== field.current;
    const stops = [
      client.onFeed('drafts', (ids) => {
        if (ids.length === 0 || ids.includes(conversationId)) void keeper.read(false, isElsewhere);
      }),
      client.useConnection.subscribe(({ state }, before) => {
        if (state === 'online' && before.state !== 'online') keeper.flush();
      }),
      onTakenBack((id, text) => {
        if (id !== conversationId) return false;
        keeper.changed(joinTexts(keeper.text(), text));
        keeper.flush();
        field.current?.focus();
        return true;
      }),
      keeper.flush,
    ];
    if (field.current !== null) stops.push(follow(field.current, keeper, told));
    document.addEventListener('visibilitychange', keeper.flush);
    stops.push(() => document.removeEventListener('visibilitychange', keeper.flush));
    keeper.open();
    if (takeFocusWish(conversationId)) field.current?.focus();
    return () => {
      for (const stop of stops) stop();
    };
  }, [conversationId, keeper]);

  return {
    field,
    keeper,
    length,
    waitingDraft,
    insertWaiting: () => {
      keeper.insertEarlier();
      field.current?.focus();
    },
    dropWaiting: () => {
      keeper.dropEarlier();
      field.current?.focus();
    },
    onInput: () => keeper.changed(field.current?.value ?? ''),
    put: (text) => {
      if (field.current !== null) field.current.value = text;
      keeper.changed(text);
    },
  };
}
