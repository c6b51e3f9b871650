import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { Space, SystemInfo } from '../../contract/system.ts';
import { client, clock } from '../client.ts';

/** The sandbox and a fresh engine start within seconds; a minute means that they won't. */
const SWITCH_MS = 60_000;

interface SpaceSwitch {
  /** The space being opened; null when none is. */
  readonly to: Space | null;
  /** Why the last try failed; `to` still says what was wanted. */
  readonly error: ErrorShape | null;
}

/** Where a change between the seller's own stores and practice stands. */
export const useSpaceSwitch = create<SpaceSwitch>(() => ({ to: null, error: null }));

let opened: SystemInfo | null = null;
let askedAt: SystemInfo | null = null;

function fail(error: ErrorShape): void {
  askedAt = null;
  useSpaceSwitch.setState({ error });
}

/** Closes this data folder and opens the other one. The page starts anew when it is open. */
export async function switchSpace(to: Space): Promise<void> {
  useSpaceSwitch.setState({ to, error: null });
  const asked = opened;
  askedAt = asked;
  clock.after(SWITCH_MS, () => {
    if (askedAt === asked) fail({ code: 'timed-out', message: 'The other data folder did not open.' });
  });
  const answer = await client.call('system.switchSpace', { space: to });
  // `closed` may well mean that the switch has begun: the next engine tells.
  if (!answer.ok && answer.error.code !== 'closed') fail(answer.error);
}

/** Leaves a failed switch behind. */
export function forgetSwitch(): void {
  useSpaceSwitch.setState({ to: null, error: null });
}

/**
 * Starts the page anew when another data folder was opened, by this page or by another one: nothing of the one
 * may be left on the screen of the other. Call once.
 */
export function watchSpace(): void {
  client.useConnection.subscribe(({ state, info }) => {
    if (state === 'start-failed' || state === 'no-session') {
      // Their own pages say more than "the switch failed" would.
      askedAt = null;
      forgetSwitch();
    }
    if (state !== 'online' || info === null) return;
    if (opened !== null && info.dataDir !== opened.dataDir) {
      location.reload();
      return;
    }
    if (askedAt !== null && info.epoch !== askedAt.epoch) {
      fail({ code: 'unreachable', message: 'The engine came back with the same data folder.' });
    }
    opened = info;
  });
}
