import { create } from 'zustand';
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
}

const nothingNarrowed: ListNarrowing = { unread: false, sites: [], keyword: '' };

/** What the panel shows: one per page, kept in the panel snapshot. */
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
}));
