import type { ApiAnswer } from '../api/types.ts';
import type { Effect } from '../world/effects.ts';

const wordings: Readonly<Record<string, string>> = {
  IncompleteSignature: 'The request signature does not conform to platform standards',
  IllegalAccessToken: 'The specified access token is invalid or expired',
  IllegalRefreshToken: 'The specified refresh token is invalid or expired',
  InvalidCode: 'Invalid authorization code',
  InvalidApiPath: 'The specified API path is invalid',
  ApiCallLimit: 'This ban will last 1 seconds',
  ServiceTimeout: 'Service timeout',
};

const types: Readonly<Record<string, string>> = { ServiceTimeout: 'ISP', ApiCallLimit: 'SYSTEM' };

function requestId(now: number): string {
  return `0b${now.toString(16).padStart(14, '0')}`;
}

/** Numbers and booleans as text, as the reference's samples print them; everything below too. */
export function stringly(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(stringly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, stringly(inner)]));
}

/** A success of an IM call. `texts`: this shop's gateway answers numbers as text. */
export function lazadaOk(
  data: unknown,
  now: number,
  texts: boolean,
  effects: readonly Effect[] = [],
): ApiAnswer {
  const body = { success: true, err_code: '0', err_message: 'SUCCESS', ...(data === null ? {} : { data }) };
  const shaped = texts ? (stringly(body) as object) : body;
  return {
    status: 200,
    json: { code: '0', request_id: requestId(now), ...shaped },
    outcome: 'ok',
    effects,
    messageId: null,
  };
}

/** A gateway error, before the call itself was reached. */
export function lazadaError(code: string, message?: string): ApiAnswer {
  const json = {
    code,
    type: types[code] ?? 'ISV',
    message: message ?? wordings[code] ?? code,
    request_id: requestId(0),
  };
  return { status: 200, json, outcome: code, effects: [], messageId: null };
}

/** A refusal by the IM service itself: the gateway's `code` is "0" all the same. */
export function lazadaRefusal(errCode: string, message: string): ApiAnswer {
  const json = {
    code: '0',
    success: false,
    err_code: errCode,
    err_message: message,
    request_id: requestId(0),
  };
  return { status: 200, json, outcome: errCode, effects: [], messageId: null };
}
