import { CodedError } from '../base/errors.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { isObject, type JsonObject, tryParseJson } from './json.ts';
import { cleanText } from './clean.ts';
import type { Verdict } from './reasons.ts';

type Effect = HttpRequest['effect'];

/** An answer that says neither yes nor no: a send may have been carried out, a read can be repeated. */
export function uncertain(effect: Effect, message: string, reason: string): CodedError {
  return new CodedError(effect === 'send' ? 'ambiguous' : 'unreachable', message, { reason });
}

/** The error for a platform's refusal. `code` and `words` are the platform's own; both are kept short. */
export function refused(verdict: Verdict, effect: Effect, code: string, words: string): CodedError {
  const reason = cleanText(code.slice(0, 100));
  const message = cleanText(`${reason}: ${words.slice(0, 300)}`);
  switch (verdict.code) {
    case 'uncertain':
      return uncertain(effect, message, reason);
    case 'rejected':
      return new CodedError('rejected', message, { reason: verdict.reason ?? reason });
    case 'rate-limited':
      return new CodedError('rate-limited', message, {
        reason: verdict.reason ?? reason,
        retryAfterMs: verdict.retryAfterMs,
      });
    case 'auth-expired':
    case 'not-found':
      return new CodedError(verdict.code, message, { reason });
  }
}

/** The body as an object, whatever the HTTP status; anything else is an uncertain answer. */
export function readBody(response: HttpResponse, effect: Effect): JsonObject {
  const body = tryParseJson(response.text);
  if (isObject(body)) return body;
  throw uncertain(effect, `The answer (HTTP ${String(response.status)}) can't be read`, 'unreadable_answer');
}

/** The answer's `retry-after` in milliseconds, or `otherwise`. */
export function retryAfter(response: HttpResponse, otherwise: number): number {
  const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 86_400) * 1000 : otherwise;
}

/** Milliseconds until the next midnight at UTC+8, when the platforms' daily counters start again. */
export function untilMidnightUtc8(nowMs: number): number {
  const day = 86_400_000;
  return day - ((nowMs + 8 * 3_600_000) % day);
}
