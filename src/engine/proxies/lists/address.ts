import type { ImportProblem, ProxyProtocol } from '../../../contract/proxies.ts';
import { readHost, readIPv6, readPort, type Host } from './endpoint.ts';

/** One way to understand an address with its credentials. */
export interface Address {
  readonly protocol: ProxyProtocol | null;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** The host may as well be another word, or a part may be missing: a person must say so. */
  readonly isDoubtful: boolean;
  /** Only of an address with a query, as FoxyProxy writes it. */
  readonly query?: string;
}

/** Everything a text may mean; with nothing found, why. */
export interface Attempt {
  readonly found: readonly Address[];
  readonly problem: ImportProblem;
}

/** Hosts and ports of more parts than this are none. */
const MAX_PARTS = 24;

/**
 * Reads `host:port`, `host:port:user:pass`, `user:pass:host:port`, and with `ats` also `user:pass@host:port` and
 * `host:port@user:pass`.
 */
export function readBare(text: string, protocol: ProxyProtocol | null, ats = true): Attempt {
  const found: Address[] = [];
  const problem = readColons(text, protocol, found);
  if (ats && text.includes('@')) readAts(text, protocol, found);
  return { found: likeliest(found), problem };
}

/** Those that need no doubt rule out the others; what is written twice counts once. */
export function likeliest(found: readonly Address[]): readonly Address[] {
  if (found.length < 2) return found;
  const sure = found.filter(({ isDoubtful }) => !isDoubtful);
  const kept = sure.length > 0 ? sure : found;
  const key = ({ host, port, username, password }: Address): string =>
    JSON.stringify([host, port, username, password]);
  return [...new Map(kept.map((address) => [key(address), address])).values()];
}

function readColons(text: string, protocol: ProxyProtocol | null, found: Address[]): ImportProblem {
  const bracket = text[0] === '[' ? text.indexOf(']:') : -1;
  const first = bracket > 0 ? bracket + 1 : text.indexOf(':');
  if (first < 0) return readHost(text)?.isPlain === false ? 'bad-port' : 'no-address';
  const second = text.indexOf(':', first + 1);
  const portText = second < 0 ? text.slice(first + 1) : text.slice(first + 1, second);
  const port = readPort(portText);
  const host = readHost(text.slice(0, first));
  if (host !== null && port > 0) {
    if (second < 0) found.push(address(protocol, host, port, '', ''));
    else addCredentials(text.slice(second + 1), protocol, host, port, found);
  }
  if (second > 0) readReversed(text, protocol, found);
  if (found.length === 0) readOpenIPv6(text, protocol, found);
  if (port > 0) return 'bad-host';
  return host?.isPlain === false || (host !== null && /^\d+$/.test(portText)) ? 'bad-port' : 'no-address';
}

/** What follows `host:port:`. */
function addCredentials(
  text: string,
  protocol: ProxyProtocol | null,
  host: Host,
  port: number,
  found: Address[],
): void {
  const colon = text.indexOf(':');
  const username = colon < 0 ? text : text.slice(0, colon);
  const password = colon < 0 ? '' : text.slice(colon + 1);
  // `host:port:word` may be a user name without a password, or one whose password was cut off.
  found.push(address(protocol, host, port, username, password, colon < 0 && username !== ''));
}

/** `user:pass:host:port`. */
function readReversed(text: string, protocol: ProxyProtocol | null, found: Address[]): void {
  const last = text.lastIndexOf(':');
  const port = readPort(text.slice(last + 1));
  if (port < 0) return;
  const hostAt = text[last - 1] === ']' ? text.lastIndexOf('[', last) : text.lastIndexOf(':', last - 1) + 1;
  const userEnd = text.indexOf(':');
  // At least a user name, its colon, a password and another colon come before the host.
  if (hostAt < 3 || userEnd < 1 || userEnd >= hostAt - 1) return;
  const host = readHost(text.slice(hostAt, last));
  if (host === null) return;
  found.push(address(protocol, host, port, text.slice(0, userEnd), text.slice(userEnd + 1, hostAt - 1)));
}

/** IPv6 without brackets: where the port begins can only be told when all eight parts stand before it. */
function readOpenIPv6(text: string, protocol: ProxyProtocol | null, found: Address[]): void {
  if (!/^[0-9a-f]{0,4}:[0-9a-f]{0,4}:[0-9a-f]{0,4}:/i.test(text)) return;
  const parts = text.split(':');
  if (parts.length > MAX_PARTS) return;
  for (let count = 3; count <= 8 && count < parts.length; count += 1) {
    const left = parts.slice(0, count).join(':');
    const port = readPort(parts[count] ?? '');
    const host = port > 0 ? readIPv6(left) : null;
    if (host === null) continue;
    const [username = '', ...password] = parts.slice(count + 1);
    const isDoubtful = left.includes('::') || parts.length === count + 2;
    found.push(address(protocol, host, port, username, password.join(':'), isDoubtful));
  }
}

function readAts(text: string, protocol: ProxyProtocol | null, found: Address[]): void {
  for (let at = text.lastIndexOf('@'); at >= 0; at = at === 0 ? -1 : text.lastIndexOf('@', at - 1)) {
    const right = readEndpoint(text.slice(at + 1));
    if (right !== null) {
      const [username, password] = userAndPassword(text.slice(0, at));
      found.push(address(protocol, right.host, right.port, username, password));
    }
    const left = readEndpoint(text.slice(0, at));
    if (left !== null && text.indexOf(':', at) > 0) {
      const [username, password] = userAndPassword(text.slice(at + 1));
      found.push(address(protocol, left.host, left.port, username, password));
    }
  }
}

/** `host:port` and nothing else. */
export function readEndpoint(text: string): { readonly host: Host; readonly port: number } | null {
  const colon = text.lastIndexOf(':');
  const port = colon < 1 ? -1 : readPort(text.slice(colon + 1));
  const host = port < 0 ? null : readHost(text.slice(0, colon));
  return host === null ? null : { host, port };
}

/** The user name ends at the first colon: passwords may hold more. */
export function userAndPassword(text: string): [username: string, password: string] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
}

function address(
  protocol: ProxyProtocol | null,
  { host, isPlain }: Host,
  port: number,
  username: string,
  password: string,
  isDoubtful = false,
): Address {
  return { protocol, host, port, username, password, isDoubtful: isDoubtful || isPlain };
}
