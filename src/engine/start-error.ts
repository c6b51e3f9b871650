import type { StartFailure } from '../wire/host-link.ts';

/** Why this data folder can't be opened; the host shows `reason` in plain words and doesn't try again by itself. */
export class StartError extends Error {
  readonly reason: StartFailure;

  constructor(reason: StartFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StartError';
    this.reason = reason;
  }
}
