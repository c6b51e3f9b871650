import type { WebContents } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDesk, type Desk } from '../../src/hosting/desk.ts';
import type { EngineChild } from '../../src/hosting/engine-child.ts';
import { fakeClock, type FakeClock } from '../../src/testing/fake-clock.ts';
import { memoryLog, tempDir } from '../../src/testing/temp-engine.ts';
import { waitUntil } from '../../src/testing/wait-until.ts';
import type { EngineToHost, HostToEngine } from '../../src/wire/host-link.ts';
import { messagePort, type EventTargetMessagePort } from '../../src/wire/message-port.ts';
import { createPagePorts, type PagePorts } from './page-ports.ts';

vi.mock('electron', () => import('../../src/testing/electron-stand-in-ports.ts'));

interface Engine {
  readonly heard: HostToEngine[];
  say(message: EngineToHost): void;
}

let folder: ReturnType<typeof tempDir>;
let clock: FakeClock;
let desk: Desk;
let pages: PagePorts;
let engines: Engine[];
/** The frames each port brought the page, in the order in which the ports came. */
let lines: string[][];
let isDestroyed: boolean;
/** What an engine says as soon as it is started. */
let firstWord: EngineToHost;

const contents = {
  isDestroyed: () => isDestroyed,
  postMessage: (_channel: string, _message: null, [port]: { raw: EventTargetMessagePort }[]) => {
    const frames: string[] = [];
    lines.push(frames);
    if (port !== undefined) messagePort(port.raw).onMessage((text) => frames.push(text));
  },
} as unknown as WebContents;

function spawnEngine(): EngineChild {
  const heard: HostToEngine[] = [];
  let say: Engine['say'] = () => {};
  let exit = (_cause: string): void => {};
  engines.push({ heard, say: (message) => say(message) });
  return {
    post: (message) => {
      heard.push(message);
      if (message.kind === 'start') say(firstWord);
      if (message.kind === 'stop') exit('code 0');
    },
    onMessage: (listener) => {
      say = listener;
    },
    onExit: (listener) => {
      exit = listener;
    },
    kill: () => {},
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const failed = (reason: 'damaged-database' | 'locked'): EngineToHost => ({
  kind: 'start-failed',
  reason,
  message: 'No.',
});
const refusal = (reason: string): string => JSON.stringify({ startFailed: { reason, message: 'No.' } });
const connects = (engine: Engine | undefined): number =>
  engine?.heard.filter(({ kind }) => kind === 'connect').length ?? 0;

beforeEach(() => {
  folder = tempDir();
  clock = fakeClock(0);
  engines = [];
  lines = [];
  isDestroyed = false;
  firstWord = { kind: 'ready', epoch: 'e' };
  desk = createDesk({
    root: folder.path,
    migrationsDir: folder.path,
    version: '1',
    machine: () => ({ id: 'm1', name: 'test' }),
    browser: () => null,
    spawnEngine,
    sandboxScript: '/nowhere',
    answers: {
      wrapKey: () => [],
      unwrapKey: () => null,
      notify: () => null,
      proxiesEnd: () => null,
      proxyBudgets: () => null,
      setBadge: () => null,
      openExternal: () => null,
    },
    clock,
    random: () => 0.5,
    log: memoryLog(),
    onState: (state) => pages.follow(state),
  });
  pages = createPagePorts(desk, clock);
});
afterEach(async () => {
  isDestroyed = true;
  await desk.close();
  folder.remove();
});

async function ready(): Promise<void> {
  await desk.open('real');
  await waitUntil('an engine is ready', () => desk.state.kind === 'ready');
}

it('tells the page of damage that was found while it was connected, and starts no other engine', async () => {
  pages.connect(contents);
  await ready();
  expect(connects(engines[0])).toBe(1);
  engines[0]?.say(failed('damaged-database'));
  await waitUntil('the page is told', () => lines.at(-1)?.length === 1);
  expect(lines).toEqual([[], [refusal('damaged-database')]]);
  clock.advanceAtOnce(3_600_000);
  await settle();
  expect([engines.length, lines.length]).toEqual([1, 2]);
});

it('starts no other engine after a start that was refused, until the page is loaded anew', async () => {
  firstWord = failed('damaged-database');
  pages.connect(contents);
  await desk.open('real');
  await waitUntil('the page is told', () => lines.at(-1)?.length === 1);
  clock.advanceAtOnce(3_600_000);
  await settle();
  expect(engines).toHaveLength(1);
  firstWord = { kind: 'ready', epoch: 'e' };
  pages.connect(contents);
  await waitUntil('it is tried again', () => desk.state.kind === 'ready');
  expect(connects(engines[1])).toBe(1);
});

it('asks again by itself for data that another program has open', async () => {
  firstWord = failed('locked');
  pages.connect(contents);
  await desk.open('real');
  await waitUntil('the page is told', () => {
    clock.advanceAtOnce(1_000);
    return lines.at(-1)?.length === 1;
  });
  firstWord = { kind: 'ready', epoch: 'e' };
  await waitUntil('it is open', () => {
    clock.advanceAtOnce(1_000);
    return desk.state.kind === 'ready';
  });
  expect(connects(engines.at(-1))).toBe(1);
});

it('keeps one line, however often the page was loaded, and none to a window that is gone', async () => {
  for (let load = 0; load < 5; load += 1) pages.connect(contents);
  await ready();
  expect(connects(engines[0])).toBe(1);
  for (let load = 0; load < 5; load += 1) pages.connect(contents);
  engines[0]?.say(failed('damaged-database'));
  await waitUntil('the page is told', () => lines.at(-1)?.length === 1);
  expect(lines.filter((frames) => frames.length > 0)).toHaveLength(1);
});

it('gives the page a line to the engine of the other space', async () => {
  pages.connect(contents);
  await ready();
  await desk.open('real');
  await waitUntil('the next one is ready', () => engines.length === 2 && desk.state.kind === 'ready');
  expect(lines).toHaveLength(2);
  expect(connects(engines[1])).toBe(1);
});
