import { create } from 'zustand';

/**
 * What is shown beside the board: the looks at a proxy, the addresses of a store, what passed through all
 * proxies, or by which apps' calls leave.
 */
export interface HistoryOf {
  readonly kind: 'proxy' | 'store' | 'traffic' | 'exits';
  /** Of the proxy or the store. */
  readonly id: number;
}

/** Whose history is open beside whatever is shown; null: none. */
export const useHistory = create<{ readonly of: HistoryOf | null }>(() => ({ of: null }));

/** Opens a history. */
export function showHistory(kind: HistoryOf['kind'], id: number): void {
  useHistory.setState({ of: { kind, id } });
}

/** Closes it; what another data folder held is not shown in this one either. */
export function closeHistory(): void {
  useHistory.setState({ of: null });
}
