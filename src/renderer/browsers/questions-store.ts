import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';

/** What can be asked or told about one store's browser. */
export type BrowserQuestion =
  | {
      readonly kind: 'clear' | 'share' | 'separate' | 'downloads' | 'isolation';
      readonly storeId: number;
    }
  /** Something of it could not be done. */
  | { readonly kind: 'trouble'; readonly storeId: number; readonly error: ErrorShape };

/** The dialog that is open; null: none is. */
export const useBrowserQuestion = create<{ readonly question: BrowserQuestion | null }>(() => ({
  question: null,
}));

/** Opens a dialog about a store's browser. */
export function askAbout(question: BrowserQuestion): void {
  useBrowserQuestion.setState({ question });
}

/** Closes it. */
export function closeQuestion(): void {
  useBrowserQuestion.setState({ question: null });
}
