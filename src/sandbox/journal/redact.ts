import { asRecord, parseJson } from '../api/json.ts';

const SECRETS = new Set(['access_token', 'refresh_token', 'app_secret', 'auth_code', 'code', 'sign']);
const BLOT = '[hidden]';
/** Longest body kept that is neither JSON nor a form, in characters. */
const MAX_RAW = 500;

/** Parameters with secrets blotted out. */
export function redactParams(params: URLSearchParams): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of params) shown[name] = SECRETS.has(name) ? BLOT : value;
  return shown;
}

/** A body for the journal: JSON and forms field by field, anything else cut short; null when empty. */
export function redactBody(body: string, contentType: string): unknown {
  if (body === '') return null;
  if (contentType.startsWith('application/x-www-form-urlencoded'))
    return redactParams(new URLSearchParams(body));
  const record = asRecord(parseJson(body));
  if (record === null) return body.slice(0, MAX_RAW);
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, SECRETS.has(name) ? BLOT : value]),
  );
}
