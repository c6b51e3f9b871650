import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '../testing/temp-engine.ts';

/** Where this computer's own name server is during a run: nobody is to ask it. */
export const OWN_NAMES = '127.0.77.54';
/** Where the proxies' name server is. */
export const PROXY_NAMES = '127.0.77.53';
const INSIDE = 'COUNTERDESK_ISOLATION_INSIDE';
const NIC = 'out0';

/** Whether this process runs in surroundings of its own, made by `goInside`. */
export const isInside = (): boolean => process.env[INSIDE] !== undefined;

/** Loopback, and a way out to a wire whose other end nobody holds: what is sent on it is counted. */
const NETWORK = [
  'ip link set lo up',
  `ip link add ${NIC} type veth peer name ${NIC}end`,
  // Its own announcements would be counted.
  `echo 1 > /proc/sys/net/ipv6/conf/${NIC}/disable_ipv6`,
  `echo 1 > /proc/sys/net/ipv6/conf/${NIC}end/disable_ipv6`,
  // The system tells its own network which groups are listened to; what is sent to them is counted all the same.
  'echo 0 > /proc/sys/net/ipv4/igmp_link_local_mcast_reports',
  `ip link set ${NIC} arp off`,
  `ip addr add 192.0.2.2/24 dev ${NIC}`,
  `ip link set ${NIC} up`,
  `ip link set ${NIC}end up`,
  `ip route add default via 192.0.2.1 dev ${NIC}`,
];

/** Whether such surroundings can be had: Linux, root, and the programs for it. */
export function canGoInside(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return spawnSync('unshare', ['-n', '-m', 'sh', '-c', NETWORK.join(' && ')]).status === 0;
}

/**
 * Runs this program again, with the same arguments, in a network of its own: loopback, and a way out that leads nowhere
 * and counts what is sent on it. Whoever looks up a name by the system asks our name server. Answers its exit code.
 */
export function goInside(script: string, args: readonly string[]): number {
  const folder = tempDir();
  try {
    const resolv = join(folder.path, 'resolv.conf');
    writeFileSync(resolv, `nameserver ${OWN_NAMES}\noptions timeout:1 attempts:1\n`);
    const setUp = [...NETWORK, `mount --bind ${resolv} /etc/resolv.conf`, 'exec "$@"'].join(' && ');
    const command = [
      '-n',
      '-m',
      'sh',
      '-c',
      setUp,
      'sh',
      process.execPath,
      ...process.execArgv,
      script,
      ...args,
    ];
    const env = { ...process.env, [INSIDE]: folder.path };
    const { status } = spawnSync('unshare', command, { stdio: 'inherit', env });
    return status ?? 1;
  } finally {
    folder.remove();
  }
}

/** Packets that would have left this computer; null where that is not counted. */
export function packetsOut(): number | null {
  if (!isInside()) return null;
  const line = readFileSync('/proc/net/dev', 'utf8')
    .split('\n')
    .find((one) => one.trim().startsWith(`${NIC}:`));
  // Eight columns of what came in, then bytes and packets of what went out.
  return Number(line?.trim().split(/[:\s]+/)[10]);
}

/** What starts a program so that it asks the proxies' name server. */
export function withProxyNames(): { readonly wrap: readonly string[]; remove(): void } {
  if (!isInside()) return { wrap: [], remove: () => {} };
  const file = join(process.env[INSIDE] ?? '', 'proxy-resolv.conf');
  writeFileSync(file, `nameserver ${PROXY_NAMES}\n`);
  const bind = `mount --bind ${file} /etc/resolv.conf && exec "$@"`;
  return { wrap: ['unshare', '-m', 'sh', '-c', bind, 'sh'], remove: () => rmSync(file, { force: true }) };
}
