import { tryParseJson, type Json } from './json.ts';

/** Something a store's browser showed or was answered. Hostile input: anything may be in it. */
export type SellerSignal =
  /** The main frame is at this address. */
  | { readonly kind: 'page'; readonly url: string }
  /** An answer its page got by itself. Header names in lower case. */
  | {
      readonly kind: 'answer';
      readonly url: string;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      /** Null where it is no JSON. */
      readonly body: Json;
    }
  /** Names of the cookies it has for this address; never their values. */
  | { readonly kind: 'cookies'; readonly names: readonly string[] };

/** What a signal says of a sign-in. `challenge`: the platform wants something of a person first. */
export interface SellerSignIn {
  readonly status: 'signed-in' | 'signed-out' | 'challenge';
  /** `firm` is enough by itself; `weak` needs another one that agrees, or some seconds. */
  readonly sure: 'firm' | 'weak';
}

/** Which shop a page works as, as far as it says. Ids are text. */
export interface SellerShop {
  readonly shopId: string | null;
  readonly site: string | null;
}

/**
 * What is known of a platform's seller centre. No platform describes it; where each fact is from, and how sure it is,
 * stands beside it: [B] two or more public sources, [C] one, [D] inferred.
 */
export interface SellerCentre {
  /** Site -> address of the real one; a site that is not known is missing. */
  readonly homes: Readonly<Record<string, string>>;
  /** Registrable domains of the platform: a link to one opens in the store's browser. */
  readonly domains: readonly string[];
  /** Whether a real page at this address is the seller centre's: buyers' pages have the same domains and paths. */
  isSellerPage(url: string): boolean;
  /** Whether an answer from this address says something; others are not read at all. */
  isTelling(url: string): boolean;
  /** Null: nothing. Never throws. */
  readSignIn(signal: SellerSignal): SellerSignIn | null;
  /** Null: nothing. Never throws. */
  readShop(signal: SellerSignal): SellerShop | null;
}

/** The rules of one platform. Paths alone are judged: another environment has the same ones at other addresses. */
export interface SellerRules {
  readonly homes: Readonly<Record<string, string>>;
  readonly domains: readonly string[];
  /** Of names alone: another environment has other ones. */
  readonly sellerHost: RegExp;
  readonly signInPath: RegExp;
  readonly challengePath: RegExp | null;
  /** Pages that only who is signed in gets to stay at. */
  readonly insidePath: RegExp;
  /** Cookies of a session: all of them are there, or there is none. */
  readonly sessionCookies: readonly string[];
  readonly tellingPath: RegExp;
  readonly readAnswer: (answer: Answer) => SellerSignIn | null;
  readonly readShop: (
    signal: Extract<SellerSignal, { kind: 'page' | 'answer' }>,
    url: URL,
  ) => SellerShop | null;
}

type Answer = Extract<SellerSignal, { kind: 'answer' }>;

export function makeSellerCentre(rules: SellerRules): SellerCentre {
  const readPage = (url: URL): SellerSignIn | null => {
    if (rules.challengePath?.test(url.pathname) === true) return { status: 'challenge', sure: 'firm' };
    // The signed-in shell was seen at the sign-in address for a moment [C].
    if (rules.signInPath.test(url.pathname)) return { status: 'signed-out', sure: 'weak' };
    return rules.insidePath.test(url.pathname) ? { status: 'signed-in', sure: 'weak' } : null;
  };
  const readCookies = (names: readonly string[]): SellerSignIn | null => {
    const has = rules.sessionCookies.filter((name) => names.includes(name)).length;
    if (has === rules.sessionCookies.length) return { status: 'signed-in', sure: 'weak' };
    return has === 0 ? { status: 'signed-out', sure: 'weak' } : null;
  };
  return {
    homes: rules.homes,
    domains: rules.domains,
    isSellerPage: (url) => rules.sellerHost.test(webAddress(url)?.hostname ?? ''),
    isTelling: (url) => rules.tellingPath.test(webAddress(url)?.pathname ?? ''),
    readSignIn: (signal) => {
      if (signal.kind === 'cookies') return readCookies(signal.names);
      const url = webAddress(signal.url);
      if (url === null) return null;
      if (signal.kind === 'page') return readPage(url);
      return rules.tellingPath.test(url.pathname) ? rules.readAnswer(signal) : null;
    },
    readShop: (signal) => {
      const url = signal.kind === 'cookies' ? null : webAddress(signal.url);
      return signal.kind === 'cookies' || url === null ? null : rules.readShop(signal, url);
    },
  };
}

/** What an answer's text says, its numbers as they were written; null where it is no JSON. */
export function readAnswerText(text: string): Json {
  return tryParseJson(text) ?? null;
}

function webAddress(url: string): URL | null {
  const address = URL.parse(url);
  return address !== null && /^https?:$/.test(address.protocol) ? address : null;
}
