import type { ProxyProtocol } from '../../contract/proxies.ts';

/** A proxy as it is spoken to; its password is asked for when the forwarder before it starts. */
export interface Upstream {
  readonly protocol: ProxyProtocol;
  /** A name or an address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
}

/** The names under which proxy-chain has the proxy resolve names: its plain `socks` ones look them up on this computer. */
const schemes: Readonly<Record<ProxyProtocol, string>> = {
  http: 'http',
  https: 'https',
  socks4: 'socks4a',
  socks5: 'socks5h',
};

/** SOCKS 5 counts both in one byte (RFC 1929), and its client dies of a longer one. */
const MAX_SOCKS_BYTES = 255;

/** The address of a proxy, for proxy-chain alone: it bears the password. Null: its protocol can't carry these credentials. */
export function upstreamUrl(upstream: Upstream, password: string): string | null {
  const { protocol, host, port, username } = upstream;
  if (!fits(protocol, username, password)) return null;
  const [name, secret] = [username, password].map((text) => encodeURIComponent(text.toWellFormed()));
  const credentials = username === '' && password === '' ? '' : `${name}:${secret}@`;
  const address = `${schemes[protocol]}://${credentials}${host.includes(':') ? `[${host}]` : host}:${port}`;
  return URL.canParse(address) ? address : null;
}

function fits(protocol: ProxyProtocol, username: string, password: string): boolean {
  // Basic credentials end the name with the first colon; SOCKS 4 ends it with a zero byte.
  if (protocol === 'http' || protocol === 'https') return !username.includes(':');
  if (protocol === 'socks4') return !username.includes('\0');
  return [username, password].every((text) => Buffer.byteLength(text) <= MAX_SOCKS_BYTES);
}
