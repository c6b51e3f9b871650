import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { BrowserProgram, BrowserView, SignInChecks } from '../../contract/browsers.ts';
import { client } from '../client.ts';
import { sameJson } from '../panel/keep-same.ts';

interface BrowsersState {
  readonly browsers: readonly BrowserView[];
  /** Of each store; stores of one account have the same. */
  readonly byStore: ReadonlyMap<number, BrowserView>;
  /** Null before the engine has answered. */
  readonly program: BrowserProgram | null;
  /** Sign-ins that are being looked at, or were last. */
  readonly checks: SignInChecks | null;
  /** The engine has answered at least once. */
  readonly loaded: boolean;
  /** Why the last read failed; what was last known stays shown. */
  readonly error: ErrorShape | null;
}

const nothing: BrowsersState = {
  browsers: [],
  byStore: new Map(),
  program: null,
  checks: null,
  loaded: false,
  error: null,
};

/** The stores' browsers of the open data folder, kept up to date. */
export const useBrowsers = create<BrowsersState>(() => nothing);

/** The next views, with the previous object wherever nothing in it changed, so that only changed lines are drawn again. */
function keep(previous: readonly BrowserView[], next: readonly BrowserView[]): readonly BrowserView[] {
  const known = new Map(previous.map((view) => [view.accountId, view]));
  return next.map((view) => {
    const old = known.get(view.accountId);
    return old !== undefined && sameJson(old, view) ? old : view;
  });
}

let reading = false;
let readAgain = false;

/** Reads all of them again. Changes that come while reading cause one more read, never a queue of them. */
export async function loadBrowsers(): Promise<void> {
  if (reading) {
    readAgain = true;
    return;
  }
  reading = true;
  do {
    readAgain = false;
    const answer = await client.call('browsers.list', {});
    if (answer.ok) {
      const { program, checks } = answer.value;
      const browsers = keep(useBrowsers.getState().browsers, answer.value.browsers);
      const byStore = new Map(browsers.flatMap((view) => view.storeIds.map((id) => [id, view] as const)));
      useBrowsers.setState({ browsers, byStore, program, checks, loaded: true, error: null });
    } else {
      useBrowsers.setState({ error: answer.error });
    }
  } while (readAgain);
  reading = false;
}

/** What another data folder held is not shown in this one. */
export function forgetBrowsers(): void {
  useBrowsers.setState(nothing);
}
