import type { Page } from 'playwright-core';
import { CodedError } from '../../base/errors.ts';
import type { IsolationFinding } from '../../contract/browsers.ts';
import type { Db } from '../db/database.ts';
import { readSighting } from '../proxies/checks/sighting.ts';
import { prepareIsolation } from './isolation-queries.ts';
import { offeredBy } from './offered-addresses.ts';
import type { AccountFacts, BrowserPool } from './parts.ts';

/** An address that another account left by is its own for so long, in milliseconds. */
const OTHERS_USE_MS = 90 * 86_400_000;
const LOAD_MS = 30_000;

interface IsolationInput {
  readonly db: Db;
  readonly pool: BrowserPool;
  readonly now: () => number;
  /** Tells whoever asks its address, as look-up services do. */
  readonly url: () => string;
  /** `stun:host:port`; '': none is asked. */
  readonly stunUrl: () => string;
  /** Where the account comes out now, seen without its browser; [] where that can't be told. Never rejects. */
  readonly egressOf: (accountId: number) => Promise<string[]>;
  readonly isBound: (accountId: number) => boolean;
  /** Other accounts whose browsers are in memory. */
  readonly others: (accountId: number) => number[];
  /** Makes what is looked for elsewhere. */
  readonly canary: () => string;
}

/**
 * Looks at what a page of this account's browser gives away: of a page of its own, at a service, not at the platform.
 * Errors: those of the pool's `open`, and `unreachable` with reason `page-not-loaded`.
 */
export type CheckIsolation = (facts: AccountFacts) => Promise<IsolationFinding[]>;

export function createIsolationCheck(input: IsolationInput): CheckIsolation {
  const { db, pool, now } = input;
  const rows = prepareIsolation(db);

  const judgeIp = (accountId: number, seen: string | null, expected: readonly string[]): IsolationFinding => {
    const finding = { what: 'ip', seen } as const;
    if (seen === null) return { ...finding, verdict: 'unclear', expected: expected.join(' ') || null };
    const other = rows.other.get({ accountId, ip: seen, since: now() - OTHERS_USE_MS });
    if (other !== undefined) return { ...finding, verdict: 'bad', expected: `≠ ${other}` };
    if (expected.length === 0) return { ...finding, verdict: 'unclear', expected: null };
    return { ...finding, verdict: expected.includes(seen) ? 'good' : 'bad', expected: expected.join(' ') };
  };
  /** The browser can look up no name by itself: where a proxy is bound, what it reached by a name was found there. */
  const judgeNames = (accountId: number, url: string): IsolationFinding => {
    const host = URL.parse(url)?.hostname ?? '';
    const isFound = input.isBound(accountId) && /[a-z]/i.test(host) && !host.startsWith('[');
    return {
      what: 'dns',
      verdict: isFound ? 'good' : 'unclear',
      seen: isFound ? host : null,
      expected: null,
    };
  };
  const judgeStorage = async (accountId: number, url: string, canary: string): Promise<IsolationFinding> => {
    const finding = { what: 'storage', seen: null, expected: null } as const;
    const [other] = input.others(accountId);
    if (other === undefined) return { ...finding, verdict: 'unclear' };
    const found = await pool
      .aside(other, async (page) => {
        await load(page, url);
        return page.evaluate<boolean>(`(${holdsCanary})(${JSON.stringify(canary)})`);
      })
      // The other one can't show a page now: that says nothing of this one.
      .catch(() => null);
    return { ...finding, verdict: found === null ? 'unclear' : found ? 'bad' : 'good' };
  };

  return async (facts) => {
    const { accountId } = facts;
    const url = input.url();
    const canary = input.canary();
    const expected = input.egressOf(accountId);
    return pool.aside(accountId, async (page) => {
      const ip = readSighting(await load(page, url))?.address.text ?? null;
      const { zone, language } = await page.evaluate<{ zone: string; language: string }>(
        `({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: navigator.language })`,
      );
      const offered = await offeredBy(page, input.stunUrl()).catch(() => null);
      await page.evaluate(`(${keepCanary})(${JSON.stringify(canary)})`);
      const storage = await judgeStorage(accountId, url, canary);
      await page.evaluate(`(${dropCanary})()`).catch(() => {});
      return [
        judgeIp(accountId, ip, await expected),
        judgeNames(accountId, url),
        judgeCalls(offered),
        same('time-zone', zone, facts.timeZone),
        same('language', language, facts.locale),
        storage,
      ];
    });
  };
}

/** What the service answers. */
async function load(page: Page, url: string): Promise<string> {
  try {
    const answer = await page.goto(url, { timeout: LOAD_MS });
    return (await answer?.text()) ?? '';
  } catch (error) {
    throw new CodedError('unreachable', 'The service is not reached', { reason: 'page-not-loaded' }, error);
  }
}

function same(what: 'time-zone' | 'language', seen: string, expected: string): IsolationFinding {
  return { what, verdict: seen === expected ? 'good' : 'bad', seen, expected };
}

/** There is to be no address to offer. Null: it could not be asked. */
function judgeCalls(offered: readonly string[] | null): IsolationFinding {
  if (offered === null) return { what: 'webrtc', verdict: 'unclear', seen: null, expected: null };
  const seen = offered.length === 0 ? null : [...new Set(offered)].join(' ').slice(0, 200);
  return { what: 'webrtc', verdict: offered.length === 0 ? 'good' : 'bad', seen, expected: null };
}

const keepCanary = `(canary) => {
  localStorage.setItem('counterdesk-canary', canary);
  document.cookie = 'counterdesk-canary=' + canary + '; Max-Age=60';
}`;
const dropCanary = `() => {
  localStorage.removeItem('counterdesk-canary');
  document.cookie = 'counterdesk-canary=; Max-Age=0';
}`;
const holdsCanary = `(canary) =>
  document.cookie.includes(canary) || localStorage.getItem('counterdesk-canary') === canary`;
