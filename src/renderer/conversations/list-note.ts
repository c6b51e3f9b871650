import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import { clock } from '../client.ts';

/** How long "restored" is said, in milliseconds. */
export const restoredMs = 3_000;

/** That the panel is what it was. */
export const restoredKey = 'note.restored';

/** What the list says in passing: a text of its locale file. */
export interface ListNote {
  readonly key: string;
  /** How many stores it is about, the first one's name and why; null where it is about none. */
  readonly failed: {
    readonly count: number;
    readonly store: string;
    readonly error: ErrorShape;
  } | null;
}

/** What is being said, if anything. */
export const useListNote = create<{ readonly note: ListNote | null }>(() => ({ note: null }));

let cancel = (): void => {};

/** Says something for so many milliseconds; the next one replaces it. */
export function sayInList(key: string, ms: number, failed: ListNote['failed'] = null): void {
  useListNote.setState({ note: { key, failed } });
  cancel();
  cancel = clock.after(ms, () => useListNote.setState({ note: null }));
}
