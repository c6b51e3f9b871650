import type { Clock } from '../../base/time.ts';

/** How long an end of the engine waits for answers that are open. */
const GRACE_MS = 3_000;

/** Waits for `work`, but not for ever. */
export async function withGrace(clock: Clock, work: Promise<unknown>): Promise<void> {
  let cancel = (): void => {};
  const end = new Promise<void>((resolve) => {
    cancel = clock.after(GRACE_MS, resolve);
  });
  await Promise.race([work, end]);
  cancel();
}
