import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import { clock } from '../client.ts';

const shownMs = 6_000;

/** Whose conversation a notice is about, as shown. */
export interface NoticeNames {
  readonly buyer: string;
  readonly store: string;
  readonly site: string;
}

/** Something to say in passing: a text of the panel's locale file, with the error behind it where there is one. */
export interface Notice {
  readonly id: number;
  readonly key: string;
  readonly error: ErrorShape | null;
  /** Null when it is about what is open. */
  readonly names: NoticeNames | null;
}

/** What is being said in passing, if anything. */
export const useNotice = create<{ readonly notice: Notice | null }>(() => ({ notice: null }));

let lastId = 0;
let cancel: (() => void) | null = null;

/** Says something in passing; the next one replaces it. */
export function say(key: string, error: ErrorShape | null = null, names: NoticeNames | null = null): void {
  lastId += 1;
  useNotice.setState({ notice: { id: lastId, key, error, names } });
  cancel?.();
  cancel = clock.after(shownMs, dismissNotice);
}

/** Takes the notice away. */
export function dismissNotice(): void {
  cancel?.();
  useNotice.setState({ notice: null });
}
