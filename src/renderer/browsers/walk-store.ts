import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { BrowserView } from '../../contract/browsers.ts';
import { useStores } from '../stores/stores-store.ts';
import { railOrder } from '../stores/rail-order.ts';
import { askToOpen } from './browsers-actions.ts';
import { useBrowsers } from './browsers-store.ts';
import { isNew, needing, needsSomebody } from './sign-in.ts';
import { isThrough, nextOf, turnTo, type Walk } from './walk.ts';

interface WalkState {
  /** Null: nobody is being walked through. */
  readonly walk: Walk | null;
  /** It leads through stores as well that nobody ever signed in to. */
  readonly withNew: boolean;
  readonly isOpening: boolean;
  /** Why the browser of the one whose turn it is could not be opened. */
  readonly error: ErrorShape | null;
}

const nothing: WalkState = { walk: null, withNew: false, isOpening: false, error: null };

/** How far one is with signing in store after store. */
export const useWalk = create<WalkState>(() => nothing);

/** Whom the walk leads to: a new store's page may have said meanwhile that it is signed out. */
function wanting(withNew: boolean): readonly BrowserView[] {
  const isWanted = (view: BrowserView): boolean => needsSomebody(view) || (withNew && isNew(view));
  return needing(useBrowsers.getState().browsers, railOrder(useStores.getState()), isWanted);
}

async function openCurrent(walk: Walk): Promise<void> {
  const view = useBrowsers.getState().browsers.find(({ accountId }) => accountId === walk.at);
  const [storeId] = view?.storeIds ?? [];
  if (storeId === undefined) return goOn();
  useWalk.setState({ walk, isOpening: true, error: null });
  const error = await askToOpen(storeId);
  // Somebody may have skipped it meanwhile.
  if (useWalk.getState().walk === walk) useWalk.setState({ isOpening: false, error });
}

/**
 * Opens the browser of the next store that needs a person; ends where there is none. A walk that begins while none does
 * leads through those that nobody ever signed in to.
 */
export async function signInNext(): Promise<void> {
  const { walk } = useWalk.getState();
  if (walk === null) useWalk.setState({ withNew: wanting(false).length === 0 });
  const next = nextOf(walk, wanting(useWalk.getState().withNew));
  if (next === null) return stopWalk();
  await openCurrent(turnTo(walk, next.accountId));
}

/** Opens the browser of the one whose turn it is once more. */
export async function openAgain(): Promise<void> {
  const { walk } = useWalk.getState();
  if (walk !== null) await openCurrent(walk);
}

/** Goes on to the next when this one is through. */
export function goOn(): void {
  const { walk } = useWalk.getState();
  if (walk !== null && isThrough(walk, useBrowsers.getState().browsers)) void signInNext();
}

/** Ends the walk; browsers that are open stay so. */
export function stopWalk(): void {
  useWalk.setState(nothing);
}
