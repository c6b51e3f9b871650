import type { ErrorShape } from './errors.ts';

/** What a contract call answers: a value, or an error with a stable code. Calls never reject. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorShape };
