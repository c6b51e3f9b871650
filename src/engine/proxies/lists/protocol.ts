import type { ProxyProtocol } from '../../../contract/proxies.ts';

/** What lists call them. Names are always resolved at the proxy, so `socks5h` and `socks4a` say nothing more. */
const protocols: Readonly<Record<string, ProxyProtocol>> = {
  http: 'http',
  https: 'https',
  ssl: 'https',
  socks: 'socks5',
  socks5: 'socks5',
  socks5h: 'socks5',
  socks4: 'socks4',
  socks4a: 'socks4',
};

/** The protocol a word names; null for other words. */
export function readProtocol(text: string): ProxyProtocol | null {
  if (text.length < 3 || text.length > 8) return null;
  const name = text.toLowerCase();
  return Object.hasOwn(protocols, name) ? (protocols[name] ?? null) : null;
}
