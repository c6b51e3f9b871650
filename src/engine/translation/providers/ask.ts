import { CodedError } from '../../../base/errors.ts';
import type { HttpClient, HttpResponse } from '../../../channels/http.ts';

/** Longest wait for one answer; a slower one is of no use to somebody who reads. Milliseconds. */
const TIMEOUT_MS = 20_000;
/** Longest pause a provider can ask for, milliseconds. */
const MAX_PAUSE_MS = 3_600_000;

type Fields = Readonly<Record<string, unknown>>;

/** What a provider refused, as far as its answer says. */
export interface Refusal {
  readonly status: number;
  readonly headers: HttpResponse['headers'];
  /** The body where it is JSON, else nothing. */
  readonly body: unknown;
}

interface Question {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text as it is, as a form. */
  readonly body: object | string;
  /** What a refusal means where the status alone does not say it; null: as the status says. */
  readonly judge?: (refusal: Refusal) => CodedError | null;
}

/** Posts a question and answers its JSON. Throws as `Provider` says. The body of a refusal is never part of an error. */
export async function ask(http: HttpClient, question: Question): Promise<unknown> {
  const { url, body } = question;
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json';
  const answer = await http.request({
    method: 'POST',
    url,
    headers: { 'content-type': type, accept: 'application/json', ...question.headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    timeoutMs: TIMEOUT_MS,
    effect: 'read',
  });
  const json = readJson(answer.text);
  if (answer.status === 200) {
    if (json === undefined) throw badAnswer('not JSON');
    return json;
  }
  const refusal: Refusal = { status: answer.status, headers: answer.headers, body: json };
  throw question.judge?.(refusal) ?? byStatus(refusal);
}

function byStatus({ status, headers }: Refusal): CodedError {
  if (status === 401 || status === 403) return refused('provider-key', status);
  if (status === 429) return tooMany(status, headers);
  if (status >= 500)
    return new CodedError('unreachable', `The provider answered ${status}`, { reason: 'provider-down' });
  return refused('provider-refused', status);
}

/** It will be refused until a person changes something. */
export function refused(
  reason: 'provider-key' | 'provider-quota' | 'provider-language' | 'provider-refused',
  status: number,
): CodedError {
  return new CodedError('rejected', `The provider answered ${status}`, { reason });
}

/** To be asked later. `headers` may say when. */
export function tooMany(status: number, headers: HttpResponse['headers']): CodedError {
  const seconds = Number(headers['retry-after']);
  const waits = Number.isFinite(seconds) && seconds > 0 ? Math.min(MAX_PAUSE_MS, seconds * 1000) : null;
  return new CodedError('rate-limited', `The provider answered ${status}`, {
    reason: 'provider-busy',
    ...(waits === null ? {} : { retryAfterMs: waits }),
  });
}

export function badAnswer(why: string): CodedError {
  return new CodedError('invalid', `The provider's answer is ${why}`, { reason: 'provider-answer' });
}

/** The texts an answer holds at `read` of each item, as many as were asked for. */
export function textsOf(items: unknown, count: number, read: (item: unknown) => unknown): string[] {
  if (!Array.isArray(items) || items.length !== count)
    throw badAnswer('another number of texts than was asked for');
  return items.map((item) => {
    const text = read(item);
    if (typeof text !== 'string') throw badAnswer('without a text');
    return text;
  });
}

/** The value at a path of own keys and indexes; undefined where anything on the way is missing. */
export function within(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Fields)[key];
  }
  return current;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
