import { CodedError } from '../base/errors.ts';
import type { HttpRequest, HttpResponse } from './http.ts';
import { at, isObject, type JsonObject, tryParseJson } from './json.ts';
import { cleanText } from './clean.ts';
import { asId } from './readers.ts';
import type { Verdict } from './reasons.ts';

type Effect = HttpRequest['effect'];

/** An answer that says neither yes nor no: a send may have been carried out, a read can be repeated. */
export function uncertain(effect: Effect, message: string, reason = 'unreadable_answer'): CodedError {
  return new CodedError(effect === 'send' ? 'ambiguous' : 'unreachable', message, { reason });
}

/** An answer that can't be understood as the platform's at all. */
export function unreadable(response: HttpResponse, effect: Effect): CodedError {
  return uncertain(effect, `The answer (HTTP ${String(response.status)}) can't be read`);
}

/** A platform's error as it stands in its answer: `code` and `words` are the platform's own. */
interface Refusal {
  readonly response: HttpResponse;
  readonly envelope: JsonObject;
  readonly effect: Effect;
  readonly code: string;
  readonly words: string;
}

/** How platforms speak of trouble of their own. */
const ownTrouble =
  /internal|inner(?![a-z])|server|system[ _]?(error|busy)|unavailable|busy|exception|time[d_ -]*out/i;

/** The error for a platform's refusal; code and words are kept short. */
export function refused(verdict: Verdict, refusal: Refusal): CodedError {
  const { response, envelope, effect, code } = refusal;
  const reason = cleanText(code.slice(0, 100));
  const words = cleanText(refusal.words.slice(0, 300));
  const message = `${reason}: ${words} (request ${asId(at(envelope, 'request_id')) ?? ''})`;
  // A code nobody has written down is a refusal, unless the trouble is the platform's own: that may hide a message that
  // went out.
  const isUnlisted = verdict.code === 'rejected' && verdict.reason === null;
  if (isUnlisted && (response.status >= 500 || ownTrouble.test(`${code} ${words}`))) {
    return uncertain(effect, message, reason);
  }
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
  throw unreadable(response, effect);
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
