import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { BrowserProgram, BrowserView, SignInChecks } from '../../contract/browsers.ts';
import { client } from '../client.ts';
import { readInTurn } from '../read-in-turn.ts';
import { keepSameBy } from '../panel/keep-same.ts';

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

/** Reads all of them again. Changes that come while reading cause one more read, never a queue of them. */
export const loadBrowsers = readInTurn(async () => {
  const answer = await client.call('browsers.list', {});
  if (answer.ok) {
    const { program, checks } = answer.value;
    const browsers = keepSameBy(
      ({ accountId }) => accountId,
      useBrowsers.getState().browsers,
      answer.value.browsers,
    );
    const byStore = new Map(browsers.flatMap((view) => view.storeIds.map((id) => [id, view] as const)));
    useBrowsers.setState({ browsers, byStore, program, checks, loaded: true, error: null });
  } else {
    useBrowsers.setState({ error: answer.error });
  }
});

/** What another data folder held is not shown in this one. */
export function forgetBrowsers(): void {
  useBrowsers.setState(nothing);
}
