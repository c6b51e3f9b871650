import { create } from 'zustand';
import type { PlatformId } from '../../contract/models.ts';

/** Which stores' conversations the panel lists. Set by the stores rail. */
export type PanelScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'platform'; readonly platform: PlatformId }
  | { readonly kind: 'group'; readonly groupId: number }
  | { readonly kind: 'store'; readonly storeId: number };

interface PanelState {
  readonly scope: PanelScope;
  readonly setScope: (scope: PanelScope) => void;
}

/** What the panel shows; one a page, never stored. */
export const usePanel = create<PanelState>((set) => ({
  scope: { kind: 'all' },
  setScope: (scope) => set({ scope }),
}));
