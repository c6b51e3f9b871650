/**
 * The closed set of things that can go wrong between Counterdesk and a platform, plus those of our own calls.
 * For a send, only failures before the request was written are `unreachable`; everything without a well-formed
 * refusal by the platform is `ambiguous` and must never be repeated blindly.
 */
export type ErrorCode =
  | 'auth-expired'
  | 'rate-limited'
  | 'rejected'
  | 'not-found'
  | 'unreachable'
  | 'ambiguous'
  | 'invalid'
  | 'conflict'
  | 'closed'
  | 'timed-out'
  | 'internal';

/** What crosses process borders: a stable code the page translates, a message for the log, optional details. */
export interface ErrorShape {
  readonly code: ErrorCode;
  /** English, for logs and as a last resort on screen. Never holds secrets. */
  readonly message: string;
  readonly details?: {
    /** The platform's or our own finer reason, e.g. `message_too_long`; a key of the locale files where known. */
    readonly reason?: string;
    /** For `rate-limited`: wait this long, in milliseconds. */
    readonly retryAfterMs?: number;
    /** For `invalid`: the path of the field at fault. */
    readonly field?: string;
    /** Which row of a list is at fault, counting from 0. */
    readonly row?: number;
    /** When what stands in the way happened, UTC milliseconds. */
    readonly at?: number;
  };
}

/** An error with one of the codes above. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorShape['details'];

  constructor(code: ErrorCode, message: string, details?: ErrorShape['details'], cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CodedError';
    this.code = code;
    this.details = details;
  }
}

/** Turns anything thrown into a shape that can be cloned; unknown throws become `internal`. */
export function toErrorShape(thrown: unknown): ErrorShape {
  if (thrown instanceof CodedError) {
    return thrown.details === undefined
      ? { code: thrown.code, message: thrown.message }
      : { code: thrown.code, message: thrown.message, details: thrown.details };
  }
  return { code: 'internal', message: thrown instanceof Error ? thrown.message : String(thrown) };
}
