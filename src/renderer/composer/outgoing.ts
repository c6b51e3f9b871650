import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';

/** A pause in typing after which what stands in the field is translated. Milliseconds. */
const PAUSE_MS = 700;

/** How far the translation of what stands in the field is. `source`: the text it is made from, without space around it. */
export type Draft =
  | { readonly state: 'none' }
  | { readonly state: 'pending'; readonly source: string }
  | { readonly state: 'failed'; readonly source: string; readonly error: ErrorShape }
  /** `words` null: the text goes as it is, being in that language already. */
  | {
      readonly state: 'done';
      readonly source: string;
      readonly words: string | null;
      readonly edited: boolean;
    };

type Ask = (text: string) => Promise<Result<{ readonly text: string | null }>>;

/** Keeps a translation beside a text that changes. */
export interface OutgoingDraft {
  readonly draft: () => Draft;
  /** Heard after it has changed. */
  watch(listener: () => void): () => void;
  /** What stands in the field now; translated after a pause. */
  typed(text: string): void;
  /** A person changes the words; they hold for exactly the present text. */
  edit(words: string): void;
  /** The translation of exactly this text, as soon as there is one: no pause is waited for. Never rejects. */
  exactly(text: string): Promise<Extract<Draft, { state: 'done' | 'failed' }>>;
  stop(): void;
}

/** A translation that was made from another text than the present one is never answered, however late it comes. */
export function createOutgoingDraft(clock: Pick<Clock, 'after'>, ask: Ask): OutgoingDraft {
  let draft: Draft = { state: 'none' };
  let cancel = (): void => {};
  /** What is asked now, by its text. */
  let asking: {
    readonly source: string;
    readonly answer: Promise<Extract<Draft, { state: 'done' | 'failed' }>>;
  } | null = null;
  const listeners = new Set<() => void>();
  const set = (next: Draft): void => {
    draft = next;
    for (const listener of listeners) listener();
  };

  const fetch = (source: string): Promise<Extract<Draft, { state: 'done' | 'failed' }>> => {
    cancel();
    if (asking?.source === source) return asking.answer;
    const answer = ask(source).then((result) => {
      if (asking?.answer === answer) asking = null;
      const made: Extract<Draft, { state: 'done' | 'failed' }> = result.ok
        ? { state: 'done', source, words: result.value.text, edited: false }
        : { state: 'failed', source, error: result.error };
      if (draft.state === 'pending' && draft.source === source) set(made);
      return made;
    });
    asking = { source, answer };
    return answer;
  };

  return {
    draft: () => draft,
    watch: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    typed: (text) => {
      const source = text.trim();
      if (draft.state !== 'none' && draft.source === source) return;
      cancel();
      if (source === '') return set({ state: 'none' });
      set({ state: 'pending', source });
      cancel = clock.after(PAUSE_MS, () => void fetch(source));
    },
    edit: (words) => {
      if (draft.state === 'none') return;
      cancel();
      set({ state: 'done', source: draft.source, words, edited: true });
    },
    exactly: (text) => {
      const source = text.trim();
      if (draft.state === 'done' && draft.source === source) return Promise.resolve(draft);
      set({ state: 'pending', source });
      return fetch(source);
    },
    stop: () => {
      cancel();
      listeners.clear();
    },
  };
}
