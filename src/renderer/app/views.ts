import { create } from 'zustand';

/** The full-size views of the window. */
export type View = 'panel' | 'outbox' | 'proxies' | 'settings';

interface ViewState {
  readonly view: View;
  readonly show: (view: View) => void;
}

/** Which view is shown; a reload starts with the panel. */
export const useView = create<ViewState>((set) => ({ view: 'panel', show: (view) => set({ view }) }));
