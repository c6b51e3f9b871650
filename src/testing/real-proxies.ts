import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { lookup as systemLookup } from 'node:dns';
import { connect, createServer, type AddressInfo, type LookupFunction } from 'node:net';
import { join } from 'node:path';
import { Server } from 'proxy-chain';
import { canInstall, installDebian } from '../../scripts/lib/debian.ts';
import type { ProxyProtocol } from '../contract/proxies.ts';
import { tempDir } from './temp-engine.ts';
import { waitUntil } from './wait-until.ts';

/** A proxy that runs on this machine and leaves it from an address of its own: who was direct is seen at the target. */
export interface RealProxy {
  readonly protocol: ProxyProtocol;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** The address its connections come from. */
  readonly from: string;
  stop(): Promise<void>;
}

interface Secrets {
  readonly username: string;
  readonly password: string;
}

/** Passwords as providers give them: every character that means something in an address. */
export const HARD_PASSWORD = 'p@ss:w/r%d#1?&=+ ü';

/** Debian's proxy programs with their packages. */
const programs = { microsocks: 'microsocks', tinyproxy: 'tinyproxy', danted: 'dante-server' } as const;
export type ProxyProgram = keyof typeof programs;

/** Those of Debian's proxy programs that can be had here; what is missing is said aloud. */
export async function proxyPrograms(): Promise<ReadonlySet<ProxyProgram>> {
  const names = Object.keys(programs) as ProxyProgram[];
  const missing = names.filter((name) => !isThere(name));
  if (missing.length > 0 && canInstall()) await installDebian(missing.map((name) => programs[name]));
  const left = names.filter((name) => !isThere(name));
  if (left.length > 0) {
    process.stderr.write(
      `LEFT OUT, for this machine has no ${left.join(', ')}: what is tested through them. Debian, as root, installs them.\n`,
    );
  }
  return new Set(names.filter(isThere));
}

function isThere(name: string): boolean {
  return spawnSync('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${name}`]).status === 0;
}

/** A port nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const start = async (
  protocol: ProxyProtocol,
  from: string,
  { username, password }: Secrets,
  run: (port: number) => ChildProcess,
  given?: number,
): Promise<RealProxy> => {
  const port = given ?? (await freePort());
  const child = run(port);
  const ended = once(child, 'exit');
  await waitUntil(`${child.spawnfile} listens`, () => answers(port), 20_000);
  const known = { protocol, host: '127.0.0.1', port, username, password, from };
  return {
    ...known,
    stop: async () => {
      // danted works in many processes, which bear the group of the first; asked to end, they serve on.
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
      await waitUntil(`${child.spawnfile} has ended`, async () => !(await answers(port)), 20_000);
    },
  };
};

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** A program that starts another in surroundings of its own, with its arguments; none: as it is. */
export type Wrap = readonly string[];

function launch(wrap: Wrap, ...command: readonly string[]): ChildProcess {
  const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
  const [program = '', ...args] = [...wrap, ...command];
  return spawn(program, args, { stdio: 'ignore', detached: true, env });
}

/** SOCKS 5 with a user name and password; on a given port it is one that comes back. */
export function startMicrosocks(
  from: string,
  secrets: Secrets,
  port?: number,
  wrap: Wrap = [],
): Promise<RealProxy> {
  const { username, password } = secrets;
  const who = username === '' ? [] : ['-u', username, '-P', password];
  const run = (own: number): ChildProcess =>
    launch(wrap, 'microsocks', '-i', '127.0.0.1', '-p', String(own), '-b', from, ...who);
  return start('socks5', from, secrets, run, port);
}

/** HTTP with basic credentials, which its configuration wants plain. */
export async function startTinyproxy(from: string, secrets: Secrets, wrap: Wrap = []): Promise<RealProxy> {
  const folder = tempDir();
  const file = join(folder.path, 'tinyproxy.conf');
  const proxy = await start('http', from, secrets, (port) => {
    const lines = [`Port ${port}`, 'Listen 127.0.0.1', `Bind ${from}`, 'Timeout 60', 'Allow 127.0.0.1'];
    writeFileSync(file, [...lines, `BasicAuth ${secrets.username} ${secrets.password}`, ''].join('\n'));
    return launch(wrap, 'tinyproxy', '-d', '-c', file);
  });
  return withFolder(proxy, folder);
}

/** SOCKS 4 (and 5), open to this computer. */
export async function startDante(from: string, wrap: Wrap = []): Promise<RealProxy> {
  const folder = tempDir();
  const file = join(folder.path, 'danted.conf');
  const proxy = await start('socks4', from, { username: '', password: '' }, (port) => {
    const pass = 'pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }';
    const lines = [
      `logoutput: ${join(folder.path, 'log')}`,
      `internal: 127.0.0.1 port = ${port}`,
      `external: ${from}`,
      'clientmethod: none',
      'socksmethod: none',
      'user.privileged: root',
      'user.unprivileged: nobody',
      `client ${pass}`,
      `socks ${pass}`,
      '',
    ];
    writeFileSync(file, lines.join('\n'));
    return launch(wrap, 'danted', '-f', file, '-p', join(folder.path, 'pid'));
  });
  return withFolder(proxy, folder);
}

function withFolder(proxy: RealProxy, folder: ReturnType<typeof tempDir>): RealProxy {
  return { ...proxy, stop: () => proxy.stop().finally(() => folder.remove()) };
}

/** A proxy in this process. */
export interface ChainProxy extends RealProxy {
  /** How many connections it holds. */
  open(): number;
}

/** HTTP by proxy-chain itself, with any password, over TLS if given a certificate. */
export async function startChainProxy(
  from: string,
  secrets: Secrets,
  options: {
    readonly tls?: { readonly key: string; readonly cert: string };
    readonly port?: number;
    /** Finds the addresses of names; the system's unless given. */
    readonly lookup?: LookupFunction;
  } = {},
): Promise<ChainProxy> {
  const { username, password } = secrets;
  const shared = {
    port: options.port ?? 0,
    host: '127.0.0.1',
    prepareRequestFunction: (asked: Secrets) => ({
      requestAuthentication: asked.username !== username || asked.password !== password,
      localAddress: from,
      ...(options.lookup === undefined ? {} : { dnsLookup: options.lookup as typeof systemLookup }),
    }),
  };
  const server = new Server(
    options.tls === undefined ? shared : { ...shared, serverType: 'https', httpsOptions: options.tls },
  );
  await server.listen();
  const protocol = options.tls === undefined ? 'http' : 'https';
  const known = { host: '127.0.0.1', port: server.port, username, password, from };
  return {
    ...known,
    protocol,
    open: () => server.getConnectionIds().length,
    stop: () => server.close(true),
  };
}
