import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import { makeMoves, weighMoves } from './bind.ts';

/** Stores whose proxy is being chosen. */
export interface BindingQuestion {
  readonly storeIds: readonly number[];
  /** The proxy that is proposed; null: the one they have. */
  readonly proposed: number | null;
  /** Why it could not be done at once. */
  readonly error: ErrorShape | null;
}

/** Which stores' proxy is being chosen; null while the dialog is closed. */
export const useBinding = create<{ readonly question: BindingQuestion | null }>(() => ({ question: null }));

/** Opens the dialog that says by which proxy stores leave. */
export function chooseProxyFor(
  storeIds: readonly number[],
  proposed: number | null = null,
  error: ErrorShape | null = null,
): void {
  useBinding.setState({ question: { storeIds, proposed, error } });
}

/** Closes it. */
export function closeBinding(): void {
  useBinding.setState({ question: null });
}

/** Stores leave by a spare from now on: at once where nothing speaks against it, else it is asked first. */
export async function giveSpare(storeIds: readonly number[], spareId: number): Promise<void> {
  const moves = [{ storeIds, proxyId: spareId }];
  const weighed = await weighMoves(moves);
  if (!weighed.ok || weighed.value.length > 0) return chooseProxyFor(storeIds, spareId);
  const error = await makeMoves(moves);
  if (error !== null) chooseProxyFor(storeIds, spareId, error);
}
