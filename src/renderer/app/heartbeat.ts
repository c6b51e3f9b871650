import type { Clock } from '../../base/time.ts';
import type { Link } from './link.ts';

/** After so long without a word the engine is asked for one, in milliseconds. */
const EVERY_MS = 3_000;
/** An engine that lives answers a ping at once, however much it has to do. Milliseconds. */
export const ANSWER_MS = 5_000;
/** Between two pings of an engine that hangs, in milliseconds. */
const AGAIN_MS = 250;

/** Notices an engine that hangs: its line is open, and nothing comes. */
export interface Heartbeat {
  /** Something came from the engine. */
  heard(): void;
  stop(): void;
}

/** `onSilent` when a ping was not answered, `onSpeaks` with the first word after that. */
export function startHeartbeat(
  link: Pick<Link, 'call'>,
  clock: Pick<Clock, 'after'>,
  on: { readonly onSilent: () => void; readonly onSpeaks: () => void },
): Heartbeat {
  let wasHeard = true;
  let isSilent = false;
  let stopped = false;
  let cancel = (): void => {};

  const heard = (): void => {
    wasHeard = true;
    if (!isSilent || stopped) return;
    isSilent = false;
    on.onSpeaks();
  };
  const wait = (ms: number): void => {
    if (stopped) return;
    cancel = clock.after(ms, () => {
      if (wasHeard && !isSilent) wait(EVERY_MS);
      else void ping();
      wasHeard = false;
    });
  };
  const ping = async (): Promise<void> => {
    const answer = await link.call('system.ping', {}, { timeoutMs: ANSWER_MS });
    if (stopped) return;
    if (answer.ok) heard();
    else if (answer.error.code === 'timed-out' && !wasHeard && !isSilent) {
      isSilent = true;
      on.onSilent();
    }
    wait(isSilent ? AGAIN_MS : EVERY_MS);
  };
  wait(EVERY_MS);

  return {
    heard,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
