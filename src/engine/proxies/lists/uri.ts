import type { ImportProblem, ProxyProtocol } from '../../../contract/proxies.ts';
import { likeliest, readBare, userAndPassword, type Address, type Attempt } from './address.ts';
import { readHost, readPort } from './endpoint.ts';
import { readProtocol } from './protocol.ts';

const SCHEME = /^([a-z][a-z0-9+.-]{0,20}):\/\//i;
/** Host and port with what may stand behind them, to the end. */
const TAIL = /^(\[[^\]]*\]|[^:/?#[\]@]+):(\d+)\/?(?:\?([^#]*))?(?:#.*)?$/;

/** An address, with or without a scheme. */
export function readAddress(text: string): Attempt {
  const scheme = text.includes('://') ? SCHEME.exec(text) : null;
  if (scheme === null) return withEncoded(readBare(text, null));
  const protocol = readProtocol(scheme[1] ?? '');
  return protocol === null
    ? { found: [], problem: 'bad-protocol' }
    : readAfterScheme(text.slice(scheme[0].length), protocol);
}

/**
 * What follows `scheme://`: `user:pass@host:port` with percent-encoding, though people write passwords with any
 * character in them as they are; or the same as without a scheme.
 */
function readAfterScheme(text: string, protocol: ProxyProtocol): Attempt {
  const found: Address[] = [];
  const open = atTail(text, 0, protocol);
  if (open !== null) found.push(open);
  for (let at = text.lastIndexOf('@'); at >= 0; at = at === 0 ? -1 : text.lastIndexOf('@', at - 1)) {
    const address = atTail(text, at + 1, protocol);
    if (address === null) continue;
    const [username, password] = userAndPassword(text.slice(0, at));
    found.push({ ...address, username: decoded(username), password: decoded(password) });
  }
  if (open !== null) return { found: likeliest(found), problem: 'no-address' };
  const bare = withEncoded(readBare(text, protocol, found.length === 0));
  const kept = likeliest([...found, ...bare.found]);
  return { found: kept, problem: problemAt(text, bare.problem) };
}

/** The address of which `text` from `from` on is host, port and at most a query. */
function atTail(text: string, from: number, protocol: ProxyProtocol): Address | null {
  const tail = TAIL.exec(from === 0 ? text : text.slice(from));
  if (tail === null) return null;
  const host = readHost(tail[1] ?? '');
  const port = readPort(tail[2] ?? '');
  if (host === null || port < 0) return null;
  const address = { protocol, host: host.host, port, username: '', password: '', isDoubtful: host.isPlain };
  return tail[3] === undefined ? address : { ...address, query: tail[3] };
}

/** A link with a path is a page to call and no proxy; without a port it is one that lacks it. */
function problemAt(text: string, problem: ImportProblem = 'no-address'): ImportProblem {
  const at = text.lastIndexOf('@');
  const host = /^([^:/?#@]+|\[[^\]]*\])(:\d*)?(\/.*)?$/.exec(text.slice(at + 1));
  if (host === null || readHost(host[1] ?? '') === null) return problem;
  if ((host[3] ?? '/') !== '/') return 'no-address';
  return 'bad-port';
}

function decoded(text: string): string {
  // A percent sign that encodes nothing is one of the password's own.
  if (!text.includes('%') || /%(?![0-9a-f]{2})/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Outside of an address with a scheme nothing is encoded; but what looks so may come from one, and is asked about. */
function withEncoded(attempt: Attempt): Attempt {
  if (!attempt.found.some(({ username, password }) => username.includes('%') || password.includes('%')))
    return attempt;
  const found = attempt.found.flatMap((address) => {
    const username = decoded(address.username);
    const password = decoded(address.password);
    // Only what could not stand in an address has to be encoded.
    const isEncoded = NEEDS_CODE.test(taken(address.username, username) + taken(address.password, password));
    return isEncoded ? [address, { ...address, username, password }] : [address];
  });
  return { ...attempt, found };
}

const NEEDS_CODE = /[@:/?#%[\]\s]/;

/** What decoding brought that was not there. */
function taken(before: string, after: string): string {
  return before === after ? '' : after;
}
