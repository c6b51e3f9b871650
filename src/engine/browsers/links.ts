import { domainToUnicode } from 'node:url';
import type { LinkJudgement } from '../../contract/browsers.ts';
import { isLocalAddress, isLocalName, socketHost } from '../net/local-address.ts';

/** What belongs to a store, as far as links are concerned. */
export interface LinkPlaces {
  /** Registrable domains of the platform. */
  readonly domains: readonly string[];
  /** Addresses of the environment; they may be on this computer. */
  readonly own: readonly string[];
}

/** Whether a page or link is at the platform's own place. */
export function isOfPlatform(text: string, { domains, own }: LinkPlaces): boolean {
  const url = webUrl(text);
  if (url === null) return false;
  if (own.some((address) => URL.parse(address)?.host === url.host)) return true;
  return domains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
}

/** What following this link would do, and whether it leads elsewhere than it looks. */
export function judgeLink(text: string, places: LinkPlaces): LinkJudgement {
  const url = webUrl(text);
  if (url === null) return { kind: 'refused', host: '', isDeceptive: false };
  const { host } = url;
  const isOwn = isOfPlatform(text, places);
  const local = socketHost(url);
  if (!isOwn && (isLocalAddress(local) || isLocalName(local))) {
    return { kind: 'refused', host, isDeceptive: false };
  }
  const isDeceptive = looksOtherwise(text, url, isOwn, places.domains);
  return { kind: isOwn && !isDeceptive ? 'store' : 'other', host, isDeceptive };
}

function webUrl(text: string): URL | null {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' ? url : null;
}

function looksOtherwise(text: string, url: URL, isOwn: boolean, domains: readonly string[]): boolean {
  // Everything before an at sign is shown first and means nothing.
  if (url.username !== '' || url.password !== '') return true;
  // Signs that are not seen, turn others around, or are read as a slash or as nothing.
  if (/[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\\]/u.test(text) || url.hostname.endsWith('.')) return true;
  if (!isOwn && namesOf(domains).some((name) => url.hostname.includes(name))) return true;
  return isLookAlike(url.hostname);
}

/** What people know a platform by: `shopee` of `shopee.co.id`. */
function namesOf(domains: readonly string[]): string[] {
  return [...new Set(domains.map((domain) => domain.split('.')[0] ?? domain))];
}

/** Scripts whose letters nobody takes for Latin ones, though they stand alone in a name. */
const DISTINCT = /^(?:\p{scx=Thai}|\p{scx=Han}|\p{scx=Hira}|\p{scx=Kana}|\p{scx=Hang}|\p{N}|[-.a-z])+$/u;

/** A name with letters beyond ASCII that could be read as others: of Cyrillic, Greek, Latin with marks, or mixed. */
function isLookAlike(hostname: string): boolean {
  if (!hostname.includes('xn--')) return false;
  const labels = domainToUnicode(hostname).split('.');
  return labels.some((label) => {
    const isPlain = /^[-a-z0-9]*$/.test(label);
    return !isPlain && (/[a-z]/.test(label) || !DISTINCT.test(label));
  });
}
