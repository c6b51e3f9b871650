import { createInterface } from 'node:readline';
import type { Clock } from '../base/time.ts';
import { connectionBundleSchema, SANDBOX_EXIT, type ConnectionBundle } from '../contract/bundle.ts';
import type { SandboxChild } from './sandbox-child.ts';

/** Time for the sandbox to make its world and listen. In milliseconds. */
const START_MS = 30_000;

/** Why there is no sandbox, in a sentence. */
export class SandboxStartError extends Error {
  /** One of `SANDBOX_EXIT`, or null when it ended otherwise or not at all. */
  readonly exitCode: number | null;

  constructor(why: string, exitCode: number | null = null) {
    super(`The sandbox could not be started: ${why}`);
    this.exitCode = exitCode;
  }
}

const reasons: ReadonlyMap<number, string> = new Map([
  [SANDBOX_EXIT.inUse, 'another one has this practice folder open; close the other Counterdesk first'],
  [SANDBOX_EXIT.otherWorld, 'its world was made by another version of Counterdesk'],
]);

function endedWith(cause: string): SandboxStartError {
  for (const [code, why] of reasons) if (cause === `code ${code}`) return new SandboxStartError(why, code);
  return new SandboxStartError(`it ended with ${cause}`);
}

/**
 * Waits for a started sandbox's one line of JSON; what comes after it is read and dropped, so that the child never
 * blocks. Rejects with `SandboxStartError`.
 */
export function readBundle(child: SandboxChild, clock: Pick<Clock, 'after'>): Promise<ConnectionBundle> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new SandboxStartError(why));
    const cancel = clock.after(START_MS, () => fail('it did not answer in time'));
    child.onExit((cause) => {
      cancel();
      reject(endedWith(cause));
    });
    const { stdout } = child;
    if (stdout === null) return fail('it has no output');
    const lines = createInterface({ input: stdout });
    lines.once('line', (line) => {
      cancel();
      const parsed = connectionBundleSchema.safeParse(parseJson(line));
      if (parsed.success) resolve(parsed.data);
      else fail('its first line is not the expected JSON');
    });
    return undefined;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
