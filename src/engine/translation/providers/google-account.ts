import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';
import { CodedError } from '../../../base/errors.ts';
import type { HttpClient } from '../../../channels/http.ts';
import { ask, badAnswer, within } from './ask.ts';

const SCOPE = 'https://www.googleapis.com/auth/cloud-translation';
/** How long a token is asked for, and how long before its end another one is; seconds. */
const LIFE_S = 3600;
const AHEAD_S = 300;

const schema = z.object({
  project_id: z.string().default(''),
  client_email: z.string().min(3),
  private_key: z.string().min(20),
  token_uri: z.url({ protocol: /^https?$/ }),
});

/** A Google service account, as its key file names it. */
export interface GoogleAccount {
  readonly project: string;
  readonly email: string;
  readonly privateKey: string;
  readonly tokenUrl: string;
}

/** Reads the JSON key file of a service account. Throws `rejected`, reason `provider-key`, where it is none. */
export function readAccount(text: string): GoogleAccount {
  try {
    const { project_id, client_email, private_key, token_uri } = schema.parse(JSON.parse(text));
    return { project: project_id, email: client_email, privateKey: private_key, tokenUrl: token_uri };
  } catch {
    throw noAccount();
  }
}

/** By the account's key: a token is good for an hour and asked for once. */
const tokens = new Map<string, { readonly token: string; readonly goodUntil: number }>();

/**
 * A bearer token, as Google's "OAuth 2.0 for server to server applications" describes it: an RS256 JWT of the account
 * is given for it.
 */
export async function accessToken(
  http: HttpClient,
  account: GoogleAccount,
  clock: () => number,
): Promise<string> {
  const now = Math.floor(clock() / 1000);
  const known = tokens.get(account.privateKey);
  if (known !== undefined && known.goodUntil > now) return known.token;
  const assertion = await sign(account, now);
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  const answer = await ask(http, {
    url: account.tokenUrl,
    body: body.toString(),
    judge: ({ status }) => (status === 400 ? noAccount() : null),
  });
  const token = within(answer, 'access_token');
  const life = within(answer, 'expires_in');
  if (typeof token !== 'string' || token === '') throw badAnswer('without a token');
  tokens.set(account.privateKey, {
    token,
    goodUntil: now + (typeof life === 'number' ? life : LIFE_S) - AHEAD_S,
  });
  return token;
}

async function sign({ email, privateKey, tokenUrl }: GoogleAccount, now: number): Promise<string> {
  const key = await importPKCS8(privateKey, 'RS256').catch(() => {
    throw noAccount();
  });
  return new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(email)
    .setAudience(tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_S)
    .sign(key);
}

function noAccount(): CodedError {
  return new CodedError('rejected', 'Not the key file of a service account', { reason: 'provider-key' });
}
