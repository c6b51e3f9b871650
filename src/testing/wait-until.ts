import { setTimeout as sleep } from 'node:timers/promises';

/** Polls until `condition` is true; rejects with `what` after `limitMs`. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  limitMs = 100_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}.`);
    await sleep(10);
  }
}
