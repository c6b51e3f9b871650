import type { PlatformId } from '../../contract/models.ts';
import { hexOf } from './prng.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Documented lifetimes in milliseconds: Shopee 4 h and 30 d, Lazada (app online) 30 d and 180 d, TikTok Shop 7 d and about a year. */
const LIFETIMES: Readonly<Record<PlatformId, { access: number; refresh: number }>> = {
  shopee: { access: 4 * HOUR, refresh: 30 * DAY },
  lazada: { access: 30 * DAY, refresh: 180 * DAY },
  tiktok: { access: 7 * DAY, refresh: 365 * DAY },
};

/** A pair of tokens as handed out; times UTC milliseconds. */
export interface IssuedTokens {
  readonly generation: number;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: number;
  readonly refreshExpiresAt: number;
}

export type AccessVerdict = 'ok' | 'unknown' | 'expired';
export type RefreshVerdict = 'ok' | 'unknown' | 'expired' | 'used';

/** One shop's tokens. Their text depends on the seed, shop and generation alone, so the journal holds no secret. */
export class TokenBook {
  readonly #seed: string;
  readonly #shopKey: string;
  readonly #platform: PlatformId;
  readonly #accessMs: number;
  readonly #issued: IssuedTokens[] = [];
  #deadBelow = 0;

  /** `accessMs` overrides the documented lifetime of access tokens. */
  constructor(seed: string, shopKey: string, platform: PlatformId, accessMs: number | null) {
    this.#seed = seed;
    this.#shopKey = shopKey;
    this.#platform = platform;
    this.#accessMs = accessMs ?? LIFETIMES[platform].access;
  }

  /** Hands out a generation. Lazada's refresh expiry is never extended by a refresh. */
  issue(generation: number, at: number): IssuedTokens {
    const tokens = this.preview(generation, at);
    this.#issued.push(tokens);
    return tokens;
  }

  /** What a generation will be, without handing it out. */
  preview(generation: number, at: number): IssuedTokens {
    const last = this.#issued.at(-1);
    const kept = this.#platform === 'lazada' && last !== undefined && at < last.refreshExpiresAt;
    return {
      generation,
      accessToken: this.#text('access', generation),
      refreshToken: this.#text('refresh', generation),
      accessExpiresAt: at + this.#accessMs,
      refreshExpiresAt: kept ? last.refreshExpiresAt : at + LIFETIMES[this.#platform].refresh,
    };
  }

  get current(): IssuedTokens {
    const last = this.#issued.at(-1);
    if (last === undefined) throw new Error('no tokens were issued yet');
    return last;
  }

  expireAccess(): void {
    this.#deadBelow = this.current.generation + 1;
  }

  checkAccess(token: string, now: number): AccessVerdict {
    const found = this.#issued.find((tokens) => tokens.accessToken === token);
    if (found === undefined) return 'unknown';
    return found.generation < this.#deadBelow || now >= found.accessExpiresAt ? 'expired' : 'ok';
  }

  /** Shopee's refresh tokens are used once; the others live until their date. */
  checkRefresh(token: string, now: number): RefreshVerdict {
    const found = this.#issued.find((tokens) => tokens.refreshToken === token);
    if (found === undefined) return 'unknown';
    if (now >= found.refreshExpiresAt) return 'expired';
    return this.#platform === 'shopee' && found.generation !== this.current.generation ? 'used' : 'ok';
  }

  #text(kind: string, generation: number): string {
    return hexOf(`${this.#seed}|${this.#shopKey}|${kind}|${generation}`, 40);
  }
}
