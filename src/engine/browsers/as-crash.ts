import { CodedError } from '../../base/errors.ts';

/** Playwright's own errors say only that what it spoke to is gone. */
export function asCrash(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return new CodedError('unreachable', 'The browser is gone', { reason: 'browser-crashed' }, error);
}
