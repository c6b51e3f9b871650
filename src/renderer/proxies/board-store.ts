import { create } from 'zustand';
import type { BoardColumn, BoardFilter, BoardSort } from './board-model.ts';

/** What can be asked about some proxies. */
export type BoardQuestion = 'assign' | 'replace' | 'renew' | 'disable' | 'remove' | 'export';

interface BoardState {
  readonly screen: 'board' | 'import';
  readonly filter: BoardFilter;
  readonly sort: BoardSort;
  readonly chosen: ReadonlySet<number>;
  /** The dialog that is open, and for which proxies. */
  readonly question: { readonly kind: BoardQuestion; readonly proxyIds: readonly number[] } | null;
  /** The proxy whose drawer is open. */
  readonly editing: number | null;
}

const everything: BoardFilter = { text: '', kind: 'all', provider: null, tag: null, ends: null };
const atStart: BoardState = {
  screen: 'board',
  filter: everything,
  sort: { by: 'ends', down: false },
  chosen: new Set(),
  question: null,
  editing: null,
};

/** How the board is looked at; it stays so over trips to other views. */
export const useBoard = create<BoardState>(() => atStart);

/** Everything as at the start: another data folder is open. */
export function resetBoard(): void {
  useBoard.setState(atStart);
}

/** Shows the list or the import window. */
export function showScreen(screen: BoardState['screen']): void {
  useBoard.setState({ screen });
}

/** Narrows the board further. */
export function narrowBoard(change: Partial<BoardFilter>): void {
  useBoard.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
}

/** Shows every proxy again. */
export function showAllProxies(): void {
  useBoard.setState({ filter: everything });
}

/** Whether anything is left out of the board. */
export function isNarrowed(filter: BoardFilter): boolean {
  return (Object.keys(everything) as (keyof BoardFilter)[]).some((key) => filter[key] !== everything[key]);
}

/** Orders by this column; by the same one again, the other way round. */
export function sortBoard(by: BoardColumn): void {
  useBoard.setState(({ sort }) => ({ sort: { by, down: sort.by === by && !sort.down } }));
}

/** Chooses these proxies, or lets go of them. */
export function choose(proxyIds: readonly number[], on: boolean): void {
  useBoard.setState(({ chosen }) => {
    const next = new Set(chosen);
    for (const id of proxyIds) {
      if (on) next.add(id);
      else next.delete(id);
    }
    return { chosen: next };
  });
}

/** Lets go of every proxy. */
export function chooseNone(): void {
  useBoard.setState({ chosen: new Set() });
}

/** Opens a dialog about some proxies. */
export function askAbout(kind: BoardQuestion, proxyIds: readonly number[]): void {
  useBoard.setState({ question: { kind, proxyIds } });
}

/** Closes the dialog. */
export function closeQuestion(): void {
  useBoard.setState({ question: null });
}

/** Opens a proxy's drawer; null closes it. */
export function editProxy(editing: number | null): void {
  useBoard.setState({ editing });
}
