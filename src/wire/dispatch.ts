import { CodedError, toErrorShape, type ErrorShape } from '../base/errors.ts';
import type { Result } from '../base/result.ts';
import type { Clock } from '../base/time.ts';
import { contract, type Handlers, type Method } from '../contract/index.ts';

/** Where the wire writes what the page must not see. */
export interface WireLog {
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

export interface DispatchOptions {
  readonly log: WireLog;
  readonly timers: Pick<Clock, 'after'>;
  /** A handler that takes longer is answered `timed-out`, though it goes on. In milliseconds. */
  readonly timeoutMs: number;
  /** Calls in flight beyond this are refused as `rate-limited`. */
  readonly maxInFlight: number;
}

/** Runs one call by name; always resolves. */
export type Dispatch = (method: string, input: unknown) => Promise<Result<unknown>>;

type AnyHandler = (input: unknown) => unknown;

/**
 * Finds the handler (own properties only: `constructor` is not a method), checks the input against the contract
 * and turns whatever is thrown into a coded error. Unknown errors reach the log whole and the page as `internal`.
 */
export function createDispatch(handlers: Handlers, options: DispatchOptions): Dispatch {
  const { log, timers, timeoutMs, maxInFlight } = options;
  let inFlight = 0;

  const run = async (method: Method, input: unknown): Promise<Result<unknown>> => {
    try {
      const parsed = contract[method].input.safeParse(input);
      if (!parsed.success) return { ok: false, error: inputError(parsed.error.issues[0]) };
      const value = await (handlers[method] as AnyHandler)(parsed.data);
      return { ok: true, value: value === undefined ? null : value };
    } catch (thrown) {
      if (thrown instanceof CodedError) return { ok: false, error: toErrorShape(thrown) };
      log.error('call failed', { method, error: thrown instanceof Error ? thrown.stack : String(thrown) });
      return refusal('internal', 'The engine could not do this; its log says why.');
    }
  };

  return (method, input) => {
    if (!isMethod(method) || !Object.hasOwn(handlers, method)) {
      return Promise.resolve(refusal('invalid', 'There is no such method.', 'unknown-method'));
    }
    if (inFlight >= maxInFlight) {
      const error = {
        code: 'rate-limited',
        message: 'Too many calls at once.',
        details: { reason: 'too-many-calls' },
      };
      return Promise.resolve({ ok: false, error } as Result<unknown>);
    }
    inFlight += 1;
    return new Promise((resolve) => {
      const cancel = timers.after(timeoutMs, () => {
        log.warn('call timed out', { method, timeoutMs });
        resolve(refusal('timed-out', 'The engine took too long.'));
      });
      void run(method, input).then((result) => {
        inFlight -= 1;
        cancel();
        resolve(result);
      });
    });
  };
}

/** A failed result with a code and, if the page can say more, a reason. */
export function refusal(code: ErrorShape['code'], message: string, reason?: string): Result<never> {
  return {
    ok: false,
    error: reason === undefined ? { code, message } : { code, message, details: { reason } },
  };
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(contract, name);
}

function inputError(
  issue: { path: PropertyKey[]; message: string; code?: string | undefined } | undefined,
): ErrorShape {
  const field = issue?.path.map(String).join('.') ?? '';
  const reason = issue?.code ?? 'invalid';
  return {
    code: 'invalid',
    message: `${field === '' ? 'input' : field}: ${issue?.message}`,
    details: { reason, field },
  };
}
