import type { Clock } from '../../base/time.ts';

const BEAT_MS = 5_000;
/** The wall clock moved so much more, or less, than was waited: the machine slept, or its clock was set. Milliseconds. */
const GAP_MS = 20_000;

/** Beats every few seconds; `onGap` hears first when time was lost before a beat. Answers the function that ends it. */
export function startBeat(clock: Clock, onGap: (gapMs: number) => void, onBeat: () => void): () => void {
  let cancel = (): void => {};
  const wait = (): void => {
    const due = clock.now() + BEAT_MS;
    cancel = clock.after(BEAT_MS, () => {
      const gapMs = clock.now() - due;
      wait();
      if (Math.abs(gapMs) > GAP_MS) onGap(gapMs);
      onBeat();
    });
  };
  wait();
  return () => cancel();
}
