// A process of its own: runs the built main process and the built preload on the stand-in for `electron`, plays the
// page, and prints what it saw as one line of JSON. Argument: the data folder.
import { readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { systemClock } from '../base/system-clock.ts';
import { connectWire } from '../wire/client.ts';
import { PAGE_ORIGIN, PAGE_SCHEME, PORT_CHANNEL } from '../wire/electron-handshake.ts';
import { messagePort, type EventTargetMessagePort } from '../wire/message-port.ts';
import { waitUntil } from './wait-until.ts';
import { ROOT_FOLDER } from './electron-stand-in-seen.ts';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron-stand-in.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
const standIn = await import('./electron-stand-in.ts');
const { started } = await import('./electron-stand-in-utility.ts');
const { seen, app } = standIn;

/** Runs the built preload as a sandboxed one runs: CommonJS, with `electron` alone to require. */
function runPreload(): {
  posts: unknown[][];
  exposed: string[];
  required: string[];
  nextPort(): Promise<EventTargetMessagePort>;
} {
  const code = readFileSync(join(ROOT_FOLDER, 'out/preload/index.cjs'), 'utf8');
  const posts: unknown[][] = [];
  const exposed: string[] = [];
  const required: string[] = [];
  const arrived: EventTargetMessagePort[] = [];
  let wanted: ((port: EventTargetMessagePort) => void) | undefined;
  const ipcRenderer = {
    on: (channel: string, listener: (event: { ports: unknown[] }, message: unknown) => void) => {
      seen.posted.on('message', (posted: { channel: string; message: unknown; ports: unknown[] }) => {
        if (posted.channel === channel) listener({ ports: posted.ports }, posted.message);
      });
    },
  };
  const page = {
    postMessage: (message: unknown, origin: string, ports: EventTargetMessagePort[]) => {
      posts.push([message, origin, ports.length]);
      for (const port of ports) {
        if (wanted === undefined) arrived.push(port);
        else wanted(port);
      }
    },
  };
  runInNewContext(code, {
    window: page,
    location: { origin: PAGE_ORIGIN },
    exports: {},
    module: { exports: {} },
    require: (name: string) => {
      required.push(name);
      if (name !== 'electron') throw new Error(`A sandboxed preload can't require ${name}.`);
      return { ipcRenderer, contextBridge: { exposeInMainWorld: (key: string) => exposed.push(key) } };
    },
  });
  const nextPort = (): Promise<EventTargetMessagePort> => {
    const port = arrived.shift();
    if (port !== undefined) return Promise.resolve(port);
    return new Promise((resolve) => {
      wanted = (next) => {
        wanted = undefined;
        resolve(next);
      };
    });
  };
  return { posts, exposed, required, nextPort };
}

/** What main's guards say to a page that tries to leave, open a window, or ask for something. */
function tryGuards() {
  const [window] = seen.windows;
  const stopped = (event: string, url: string): boolean => {
    let prevented = false;
    window?.contents.emit(event, { url, preventDefault: () => (prevented = true) });
    return prevented;
  };
  const downloadStopped = (url: string): boolean => {
    let prevented = false;
    const item = { getURL: () => url };
    standIn.session.defaultSession.emit('will-download', { preventDefault: () => (prevented = true) }, item);
    return prevented;
  };
  const ask = (name: string): unknown => {
    let answer: unknown;
    const handler = seen.handlers.get(name) as (...args: unknown[]) => unknown;
    const direct = handler(
      {},
      name === 'request' ? (given: unknown) => (answer = given) : 'media',
      (given: unknown) => (answer = given),
    );
    return answer ?? direct;
  };
  const leaving = [
    'https://evil.example/',
    'file:///etc/passwd',
    `${PAGE_SCHEME}://other/`,
    `${PAGE_ORIGIN}/media/x`,
  ];
  return {
    navigation: leaving.flatMap((url) =>
      ['will-navigate', 'will-frame-navigate', 'will-redirect'].map((event) => stopped(event, url)),
    ),
    ownReload: stopped('will-navigate', `${PAGE_ORIGIN}/`),
    webview: stopped('will-attach-webview', ''),
    download: downloadStopped('https://evil.example/a.exe') && downloadStopped('blob:https://evil.example/1'),
    ownDownload: downloadStopped(`blob:${PAGE_ORIGIN}/1`),
    newWindow: window?.contents.windowOpenHandler?.(),
    permissionRequest: ask('permission-request'),
    permissionCheck: ask('permission-check'),
    devicePermission: ask('device-permission'),
    network: ask('request'),
  };
}

/** The page as main serves it. */
async function fetchPage(path: string) {
  const handler = seen.handlers.get('page') as unknown as (request: Request) => Promise<Response>;
  const answer = await handler(new Request(`${PAGE_ORIGIN}${path}`));
  return {
    status: answer.status,
    csp: answer.headers.get('content-security-policy'),
    type: answer.headers.get('content-type'),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Asks the engine over a port of the page. */
async function askEngine(port: EventTargetMessagePort) {
  const wire = connectWire(messagePort(port), { timers: systemClock, onFeed: () => undefined });
  const closed = new Promise<void>((resolve) => wire.onClose(resolve));
  return { info: await wire.call('system.info', {}, { timeoutMs: 60_000 }), closed, wire };
}

process.argv = [process.execPath, ROOT_FOLDER, '--data', process.argv[2] ?? ''];
const preload = runPreload();
await import(join(ROOT_FOLDER, 'out/main/index.js'));

const first = await askEngine(await preload.nextPort());
const firstEngine = started[0]?.pid ?? 0;
process.kill(firstEngine, 'SIGKILL');
await first.closed;
const second = await askEngine(await preload.nextPort());
const switched = await second.wire.call('system.switchSpace', { space: 'practice' }, { timeoutMs: 60_000 });
if (!switched.ok) throw new Error(switched.error.message);
await second.closed;
const practice = await askEngine(await preload.nextPort());

// What the operating system says reaches the engine: it stands in its log.
standIn.powerMonitor.emit('resume');
standIn.net.online = false;
const heard = (): string[] => {
  const folder = join(process.argv[3] ?? '', 'practice/logs');
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return lines.flatMap((line) => /"system-event".*"told":"(resume|offline)"/.exec(line)?.[1] ?? []);
};
await waitUntil('the engine heard of it', () => heard().length >= 2, 60_000);

const report = {
  systemEvents: heard(),
  channel: PORT_CHANNEL,
  schemes: seen.schemes,
  sandboxed: seen.sandboxed,
  webPreferences: seen.windows[0]?.options.webPreferences,
  address: seen.windows[0]?.address,
  windows: seen.windows.length,
  preload: { posts: preload.posts, exposed: preload.exposed, required: preload.required },
  guards: tryGuards(),
  page: await fetchPage('/'),
  outside: await fetchPage('/..%2f..%2fpackage.json'),
  media: await fetchPage(`/media/${'0'.repeat(64)}`),
  first: first.info,
  second: second.info,
  practice: practice.info,
};
await new Promise<void>((resolve) => {
  app.once('quitting', resolve);
  app.quit();
});
const running = started.filter(({ pid }) => pid !== undefined && isRunning(pid)).length;
process.stdout.write(`${JSON.stringify({ ...report, running })}\n`);
process.exit(0);
