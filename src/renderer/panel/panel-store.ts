import { create } from 'zustand';
import { readPanelSession, writePanelSession } from './panel-session.ts';
import { sameScope, type ListView, type PanelPlace, type PanelScope } from './place.ts';

export type { PanelScope } from './place.ts';

/** What narrows the list further. */
export interface ListNarrowing {
  readonly unread: boolean;
  readonly sites: readonly string[];
  readonly keyword: string;
}

export interface PanelState extends ListNarrowing, PanelPlace {
  /** Set by "mark unread": reading on does not take the mark back until another conversation is opened. */
  readonly keptUnreadId: number | null;
  setScope(scope: PanelScope): void;
  setView(view: ListView): void;
  narrow(change: Partial<ListNarrowing>): void;
  clearNarrowing(): void;
  select(conversationId: number | null): void;
  keepUnread(conversationId: number): void;
  /** Another data folder was opened: its ids mean other conversations. */
  reset(): void;
}

const nothingNarrowed: ListNarrowing = { unread: false, sites: [], keyword: '' };

/** What the panel shows: one per page, kept across a reload of the page where it is a place (not a search). */
export const usePanel = create<PanelState>()((set, get) => ({
  scope: { kind: 'all' },
  view: 'needs-reply',
  selectedId: null,
  keptUnreadId: null,
  ...nothingNarrowed,
  setScope(scope) {
    if (!sameScope(get().scope, scope)) set({ scope });
  },
  setView: (view) => set({ view }),
  narrow: (change) => set(change),
  clearNarrowing: () => set(nothingNarrowed),
  select(selectedId) {
    if (get().selectedId !== selectedId) set({ selectedId, keptUnreadId: null });
  },
  keepUnread: (keptUnreadId) => set({ keptUnreadId }),
  reset: () =>
    set({
      scope: { kind: 'all' },
      view: 'needs-reply',
      selectedId: null,
      keptUnreadId: null,
      ...nothingNarrowed,
    }),
}));

let folder = '';

/** Takes up the place that a reload left in this data folder, and remembers it from now on. */
export function openPanelSession(dataDir: string): void {
  if (folder === dataDir) return;
  const place = readPanelSession(dataDir);
  usePanel.getState().reset();
  folder = dataDir;
  usePanel.setState(place);
}

usePanel.subscribe(({ scope, view, selectedId }) => {
  if (folder !== '') writePanelSession(folder, { scope, view, selectedId });
});
