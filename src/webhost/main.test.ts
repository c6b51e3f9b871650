import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { systemClock } from '../base/system-clock.ts';
import { ask, hostFolders, openSession, smallEngine, smallSandbox } from '../testing/web-host.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { connectWire } from '../wire/client.ts';
import { socketPort } from '../wire/socket-port.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  /** The first line it prints, or what it says on its way out. */
  readonly line: Promise<string>;
  readonly code: Promise<number | null>;
  /** What it has complained about so far. */
  readonly said: () => string;
}

let folders: ReturnType<typeof hostFolders>;
let running: ChildProcess[];
beforeEach(() => {
  folders = hostFolders();
  running = [];
});
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  folders.remove();
});

function start(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(
    process.execPath,
    [
      main,
      '--data',
      folders.root,
      '--engine',
      smallEngine,
      '--sandbox-script',
      smallSandbox,
      '--page',
      folders.pageDir,
      ...args,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], XDG_CONFIG_HOME: dirname(folders.keyFile), ...env },
    },
  );
  running.push(child);
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  const code = once(child, 'exit').then(([value]) => value as number | null);
  const line = Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => text as string),
    code.then(() => said),
  ]);
  return { child, line, code, said: () => said };
}

const addressIn = (line: string): string =>
  /^Counterdesk is ready: (http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43})$/.exec(line)?.[1] ?? line;
const portOf = (address: string): number => Number(new URL(address).port);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Processes whose parent was `pid`; Linux only, as the tests that use it. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

describe('npm start, in the web host', () => {
  it('prints its address, keeps port and session over a restart, and leaves nothing behind', async () => {
    const first = start(['--no-window']);
    const address = addressIn(await first.line);
    const session = await openSession(address);
    expect(statSync(join(folders.root, 'host.json')).mode & 0o777).toBe(0o600);
    first.child.kill('SIGTERM');
    expect(await first.code).toBe(0);
    expect(JSON.parse(readFileSync(join(folders.root, 'host.json'), 'utf8'))).toEqual({
      port: portOf(address),
      secret: null,
    });

    const second = start(['--no-window']);
    const again = addressIn(await second.line);
    expect(portOf(again)).toBe(portOf(address));
    const headers = { authorization: `Bearer ${session}` };
    expect((await ask(portOf(again), `/media/${'a'.repeat(64)}`, { headers })).status).toBe(404);
  });

  it('takes another port when its own is taken, and says so', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const taken = (squatter.address() as { port: number }).port;
    const { line, said } = start(['--no-window', '--port', String(taken)]);
    const port = portOf(addressIn(await line));
    expect(port).not.toBe(taken);
    await waitUntil('it says so', () =>
      said().includes(`Port ${taken} is taken; this is served on ${port} instead.`),
    );
    squatter.close();
  });

  it('started twice, gives a fresh address of the first and ends', async () => {
    const first = addressIn(await start(['--no-window']).line);
    const second = start(['--no-window']);
    const address = addressIn(await second.line);
    expect(await second.code).toBe(0);
    expect(portOf(address)).toBe(portOf(first));
    expect(address).not.toBe(first);
    expect(await openSession(address)).toMatch(/\./);
    expect(await openSession(first)).toMatch(/\./);
  });

  it.runIf(process.platform === 'linux')('killed, takes engine and sandbox with it', async () => {
    const run = start(['--no-window', '--sandbox']);
    await run.line;
    const children = childrenOf(run.child.pid ?? 0);
    expect(children).toHaveLength(2);
    run.child.kill('SIGKILL');
    await run.code;
    await waitUntil('they are gone', () => !children.some(isAlive));
    addressIn(await start(['--no-window', '--sandbox']).line);
  });

  it.each([
    [['--port', 'eighty'], '"eighty" is not a port.'],
    [['--port', '70000'], '"70000" is not a port.'],
    [['--unknown'], 'Usage: npm start'],
    [['--page', '/nowhere', '--no-window'], 'npm run build'],
  ])('says what is wrong with %j', async (args, sentence) => {
    const { line, code } = start(args);
    expect(await line).toContain(sentence);
    expect(await code).toBe(1);
  });

  it.skipIf(!existsSync('/proc/self'))(
    'says at once, in one sentence, that its data folder can not be made',
    async () => {
      const run = start(['--no-window', '--data', '/proc/x']);
      expect(await run.code).toBe(1);
      expect(run.said()).toBe(
        "Counterdesk can't keep its data in /proc/x: no folder can be made there. Name another folder with --data DIR.\n",
      );
    },
  );

  it('says why the sandbox does not start', async () => {
    const { line, code } = start(['--no-window', '--sandbox'], { SMALL_SANDBOX: 'fail' });
    expect(await line).toContain('The sandbox could not be started');
    expect(await code).toBe(1);
  });
});

/** Connects as the page in the window does, and waits until the host has let it in. */
async function openPage(address: string): Promise<WebSocket> {
  const session = await openSession(address);
  const socket = new WebSocket(`ws://${new URL(address).host}/socket`);
  await once(socket, 'open');
  socket.send(JSON.stringify({ session }));
  const client = connectWire(socketPort(socket), {
    onFeed: () => {},
    timers: systemClock,
    timeoutMs: 100_000,
  });
  expect(await client.call('system.info', {})).toMatchObject({ ok: true });
  return socket;
}

describe.runIf(process.platform === 'linux')('the app window', () => {
  it('is opened on the address with its own folder, and closing it ends the host', async () => {
    const browser = join(folders.root, '..', 'browser');
    const seen = join(folders.root, '..', 'seen');
    writeFileSync(browser, `#!/bin/sh\necho "$@" > ${seen}\nexec sleep 1000\n`);
    chmodSync(browser, 0o755);
    const run = start([], { COUNTERDESK_BROWSER: browser, DISPLAY: ':7' });
    await run.line;
    let args = '';
    await waitUntil('the window is open', () => {
      try {
        args = readFileSync(seen, 'utf8');
      } catch {}
      return args !== '';
    });
    const page = fileURLToPath(/--app=(\S+)/.exec(args)?.[1] ?? '');
    const address = /"(http:[^"]+)"/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=.{40}/);
    expect(args).not.toContain('token');
    expect(args).toContain(`--user-data-dir=${join(folders.root, 'app-window')}`);
    expect(args.includes('--no-sandbox')).toBe(process.getuid?.() === 0);

    const second = start([], { COUNTERDESK_BROWSER: browser, DISPLAY: ':7' });
    expect(await second.line).toContain('open already');
    expect(await second.code).toBe(0);

    const windows = childrenOf(run.child.pid ?? 0).filter((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('sleep'),
    );
    expect(windows.length).toBeGreaterThan(0);
    const socket = await openPage(address);
    expect(existsSync(page)).toBe(false);
    socket.close();
    for (const pid of windows) process.kill(pid, 'SIGTERM');
    expect(await run.code).toBe(0);
  });
});
