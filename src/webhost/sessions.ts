import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../base/time.ts';

/** How long the token of an address works. In milliseconds. */
const TOKEN_MS = 15 * 60_000;
/** How long a page may go on without being opened anew. In milliseconds. */
const SESSION_MS = 30 * 24 * 3600_000;
/** Addresses asked for and never opened; the oldest is forgotten. */
const MAX_TOKENS = 50;

/** Who may speak to the engine: a one-time token in an address becomes a session. */
export interface Sessions {
  /** A new token for an address; works once and for 15 minutes. */
  issueToken(): string;
  /** Takes the token and answers a session, or null. */
  exchange(token: string): string | null;
  /** Whether this is a session of ours that has not run out. */
  isValid(session: string): boolean;
}

/**
 * Sessions are not stored: each carries its end and is signed with `key`, so that it outlives this process.
 * `key` must belong to this data folder alone.
 */
export function createSessions(key: Uint8Array, clock: Clock): Sessions {
  const tokens = new Map<string, number>();
  const sign = (payload: string): string => createHmac('sha256', key).update(payload).digest('base64url');

  return {
    issueToken() {
      const token = randomBytes(32).toString('base64url');
      const oldest = tokens.keys().next();
      if (tokens.size >= MAX_TOKENS && oldest.done !== true) tokens.delete(oldest.value);
      tokens.set(digest(token), clock.now() + TOKEN_MS);
      return token;
    },
    exchange(token) {
      // Looked up by its digest: how long that takes says nothing of the token.
      const name = digest(token);
      const until = tokens.get(name);
      tokens.delete(name);
      if (until === undefined || until <= clock.now()) return null;
      const payload = `${clock.now() + SESSION_MS}.${randomBytes(16).toString('base64url')}`;
      return `${payload}.${sign(payload)}`;
    },
    isValid(session) {
      const cut = session.lastIndexOf('.');
      if (session.length > 200 || cut < 0) return false;
      const payload = session.slice(0, cut);
      return sameText(session.slice(cut + 1), sign(payload)) && Number(payload.split('.')[0]) > clock.now();
    },
  };
}

/** Compares secrets in a time that doesn't depend on where they differ. */
export function sameText(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function digest(text: string): string {
  return sha256(text).toString('hex');
}
