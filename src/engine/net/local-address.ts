import { BlockList, isIP } from 'node:net';

/**
 * This computer and networks that are not the internet (IANA's special-purpose registries). 198.18.0.0/15 is left out:
 * proxy programs that take over the whole computer answer every name with an address of that range.
 */
const LOCAL_IPV4: readonly (readonly [network: string, bits: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
const LOCAL_IPV6: readonly (readonly [network: string, bits: number])[] = [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];

const list = new BlockList();
for (const [network, bits] of LOCAL_IPV6) list.addSubnet(network, bits, 'ipv6');
for (const [network, bits] of LOCAL_IPV4) {
  // Of IPv6 addresses, `::ffff:` ones are looked up among these as they are.
  list.addSubnet(network, bits, 'ipv4');
  // Ways to write an IPv4 address in IPv6 that a translator or tunnel would follow: NAT64, 6to4, the old compatible one.
  list.addSubnet(`64:ff9b::${network}`, 96 + bits, 'ipv6');
  list.addSubnet(`::${network}`, 96 + bits, 'ipv6');
  list.addSubnet(`2002:${hexGroups(network)}::`, 16 + bits, 'ipv6');
}

function hexGroups(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** Whether this IP address leads to this computer or its own networks. False for anything that is no IP address. */
export function isLocalAddress(address: string): boolean {
  const [plain = ''] = address.split('%');
  const family = isIP(plain);
  return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}

/** Whether this name can only stand for this computer or something in its own network (RFC 6761, 6762, 8375, 9476). */
export function isLocalName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return isIP(host) === 0 && (!name.includes('.') || /\.(localhost|local|internal|home\.arpa)$/.test(name));
}

/** The host of an address as sockets know it: an IPv6 one without brackets. */
export function socketHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}
