import { useEffect, useRef, useState, type RefObject } from 'react';
import { client, clock } from '../client.ts';
import { onTakenBack } from './composer-events.ts';
import { takeFocusWish } from './composer-focus.ts';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper.ts';

export interface ComposerField {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly keeper: DraftKeeper;
  /** Length of the text in the field, in UTF-16 units. */
  readonly length: number;
  /** A saved draft that arrived after the person had begun to type; null if none waits. */
  readonly waitingDraft: string | null;
  readonly insertWaiting: () => void;
  readonly onInput: () => void;
  /** Writes into the field: only at the person's own wish. */
  readonly put: (text: string) => void;
}

interface FieldWriter {
  readonly onInput: () => void;
  readonly put: (text: string) => void;
  readonly show: (text: string) => void;
}

function makeKeeper(conversationId: number): DraftKeeper {
  const save = (id: number, text: string, begunAt: number | null) =>
    client.call('drafts.save', { conversationId: id, text, begunAt });
  return createDraftKeeper({ conversationId, clock, save });
}

function makeWriter(
  field: RefObject<HTMLTextAreaElement | null>,
  keeper: DraftKeeper,
  setLength: (length: number) => void,
): FieldWriter {
  const show = (text: string): void => {
    const element = field.current;
    if (element !== null) {
      element.value = text;
      element.setSelectionRange(text.length, text.length);
    }
    setLength(text.length);
  };
  return {
    show,
    put(text) {
      show(text);
      keeper.changed(text);
    },
    onInput() {
      const text = field.current?.value ?? '';
      keeper.changed(text);
      setLength(text.length);
    },
  };
}

/** React hook: the composer's text and its draft. The component must be keyed by the conversation. */
export function useComposerField(conversationId: number): ComposerField {
  const field = useRef<HTMLTextAreaElement>(null);
  const [keeper] = useState(() => makeKeeper(conversationId));
  const [length, setLength] = useState(() => keeper.text().length);
  const [waitingDraft, setWaitingDraft] = useState<string | null>(null);
  const [writer] = useState(() => makeWriter(field, keeper, setLength));
  const { onInput, put } = writer;

  useEffect(() => {
    let shown = true;
    const read = async (first: boolean): Promise<void> => {
      const version = keeper.version();
      const answer = await client.call('drafts.get', { conversationId });
      if (!shown || !answer.ok) return;
      const stored = answer.value?.text ?? '';
      if (keeper.version() !== version || keeper.dirty()) {
        // Someone was quicker than this answer: what they type stays, and the draft is only offered.
        if (first && stored !== '' && stored !== keeper.text()) setWaitingDraft(stored);
        return;
      }
      if (stored === keeper.text() || (!first && document.activeElement === field.current)) return;
      keeper.adopt(stored, answer.value?.begunAt ?? null);
      writer.show(stored);
    };
    const stops = [
      client.onFeed('drafts', (ids) => {
        if (ids.length === 0 || ids.includes(conversationId)) void read(false);
      }),
      client.useConnection.subscribe(({ state }, before) => {
        if (state === 'online' && before.state !== 'online') keeper.flush();
      }),
      onTakenBack((id, text) => {
        if (id !== conversationId) return false;
        put(keeper.text() === '' ? text : `${keeper.text()}\n${text}`);
        keeper.flush();
        field.current?.focus();
        return true;
      }),
      keeper.flush,
    ];
    document.addEventListener('visibilitychange', keeper.flush);
    stops.push(() => document.removeEventListener('visibilitychange', keeper.flush));
    if (keeper.dirty()) keeper.flush();
    else void read(true);
    if (takeFocusWish(conversationId)) field.current?.focus();
    return () => {
      shown = false;
      for (const stop of stops) stop();
    };
  }, [conversationId, keeper, put, writer]);

  const insertWaiting = (): void => {
    put(`${waitingDraft ?? ''}\n${keeper.text()}`);
    setWaitingDraft(null);
    field.current?.focus();
  };
  return { field, keeper, length, waitingDraft, insertWaiting, onInput, put };
}
