import type { Page } from 'playwright-core';
import type { IsolationFinding } from '../../contract/browsers.ts';
import type { Db } from '../db/database.ts';
import { isLocalAddress } from '../net/local-address.ts';
import { prepareIsolation } from './isolation-queries.ts';
import type { AccountFacts, BrowserPool } from './parts.ts';

/** An address that another account left by is its own for so long, in milliseconds. */
const OTHERS_USE_MS = 90 * 86_400_000;
const LOAD_MS = 30_000;
/** Calls have found what they can offer by then. Milliseconds. */
const GATHER_MS = 4_000;

interface IsolationInput {
  readonly db: Db;
  readonly pool: BrowserPool;
  readonly now: () => number;
  /** Tells whoever asks its address, as JSON or as text. */
  readonly url: () => string;
  /** `stun:host:port`; '': none is asked. */
  readonly stunUrl: () => string;
  /** Other accounts whose browsers are in memory. */
  readonly others: (accountId: number) => number[];
  /** Makes what is looked for elsewhere. */
  readonly canary: () => string;
}

/** Looks at what a page of this account's browser gives away: of a page of its own, at a service, not at the platform. */
export type CheckIsolation = (facts: AccountFacts) => Promise<IsolationFinding[]>;

export function createIsolationCheck(input: IsolationInput): CheckIsolation {
  const { db, pool, now } = input;
  const rows = prepareIsolation(db);

  const judgeIp = (accountId: number, seen: string | null): IsolationFinding => {
    const finding = { what: 'ip', seen } as const;
    if (seen === null) return { ...finding, verdict: 'unclear', expected: null };
    const other = rows.other.get({ accountId, ip: seen, since: now() - OTHERS_USE_MS });
    if (other !== undefined) return { ...finding, verdict: 'bad', expected: `≠ ${other.name}` };
    const known = rows.expected.get(accountId);
    const expected = [known?.v4, known?.v6].filter((ip) => ip != null);
    if (expected.length === 0) return { ...finding, verdict: 'unclear', expected: null };
    const verdict = expected.includes(seen) ? 'good' : 'bad';
    return { ...finding, verdict, expected: expected.join(' ') };
  };
  const judgeStorage = async (accountId: number, url: string, canary: string): Promise<IsolationFinding> => {
    const [other] = input.others(accountId);
    if (other === undefined) return { what: 'storage', verdict: 'unclear', seen: null, expected: null };
    const found = await pool.aside(other, async (page) => {
      await page.goto(url, { timeout: LOAD_MS });
      return page.evaluate<boolean>(`(${holdsCanary})(${JSON.stringify(canary)})`);
    });
    return { what: 'storage', verdict: found ? 'bad' : 'good', seen: null, expected: null };
  };

  return async (facts) => {
    const url = input.url();
    const canary = input.canary();
    const own = await pool.aside(facts.accountId, async (page) => {
      const answer = await page.goto(url, { timeout: LOAD_MS });
      const ip = addressIn((await answer?.text()) ?? '');
      const seen = await page.evaluate<{ zone: string; language: string }>(
        `({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: navigator.language })`,
      );
      const offered = await offeredBy(page, input.stunUrl());
      await page.evaluate(`(${keepCanary})(${JSON.stringify(canary)})`);
      return { ip, ...seen, offered };
    });
    const same = (what: 'time-zone' | 'language', seen: string, expected: string): IsolationFinding => ({
      what,
      verdict: seen === expected ? 'good' : 'bad',
      seen,
      expected,
    });
    const findings: IsolationFinding[] = [
      judgeIp(facts.accountId, own.ip),
      judgeNames(url),
      judgeCalls(own.offered),
      same('time-zone', own.zone, facts.timeZone),
      same('language', own.language, facts.locale),
    ];
    try {
      return [...findings, await judgeStorage(facts.accountId, url, canary)];
    } finally {
      await pool.aside(facts.accountId, async (page) => {
        await page.goto(url, { timeout: LOAD_MS });
        await page.evaluate(`localStorage.removeItem('counterdesk-canary')`);
      });
    }
  };
}

/** The browser can look up no name by itself: what it reached by a name was found at the other end. */
function judgeNames(url: string): IsolationFinding {
  const host = URL.parse(url)?.hostname ?? '';
  const isName = /[a-z]/i.test(host) && !host.startsWith('[') && !isLocalAddress(host);
  return { what: 'dns', verdict: isName ? 'good' : 'unclear', seen: isName ? host : null, expected: null };
}

function judgeCalls(offered: readonly string[] | null): IsolationFinding {
  if (offered === null) return { what: 'webrtc', verdict: 'unclear', seen: null, expected: null };
  const seen = offered.length === 0 ? null : [...new Set(offered)].join(' ').slice(0, 200);
  return { what: 'webrtc', verdict: offered.length === 0 ? 'good' : 'bad', seen, expected: null };
}

/** Addresses a page can offer for a call: there is to be none. Null: it could not be asked. */
async function offeredBy(page: Page, stunUrl: string): Promise<string[] | null> {
  const servers = stunUrl === '' ? [] : [{ urls: stunUrl }];
  return page.evaluate<string[]>(`(${gather})(${JSON.stringify(servers)}, ${GATHER_MS})`).catch(() => null);
}

/** The first address in what a look-up service answered. */
function addressIn(text: string): string | null {
  const [found] =
    /(?:\d{1,3}\.){3}\d{1,3}|(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}/i.exec(text.slice(0, 10_000)) ?? [];
  return found ?? null;
}

const gather = `async (iceServers, ms) => {
  const connection = new RTCPeerConnection({ iceServers });
  const offered = [];
  const gathered = new Promise((resolve) => {
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate === null) resolve();
      else if (candidate.candidate !== '') offered.push(candidate.address ?? 'unknown');
    });
  });
  connection.createDataChannel('check');
  await connection.setLocalDescription(await connection.createOffer());
  await Promise.race([gathered, new Promise((resolve) => setTimeout(resolve, ms))]);
  connection.close();
  return offered;
}`;
const keepCanary = `(canary) => {
  localStorage.setItem('counterdesk-canary', canary);
  document.cookie = 'counterdesk-canary=' + canary + '; Max-Age=60';
}`;
const holdsCanary = `(canary) =>
  document.cookie.includes(canary) || localStorage.getItem('counterdesk-canary') === canary`;
