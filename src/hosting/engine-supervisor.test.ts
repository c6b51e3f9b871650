import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../base/system-clock.ts';
import { memoryLog } from '../testing/temp-engine.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { connectWire, type WireClient } from '../wire/client.ts';
import type { EngineOptions } from '../wire/host-link.ts';
import { memoryPortPair } from '../wire/memory-port.ts';
import { forkEngine } from './engine-child.ts';
import { createEngineSupervisor, type EngineState, type EngineSupervisor } from './engine-supervisor.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const script = fileURLToPath(new URL('../testing/small-engine.ts', import.meta.url));
const options: EngineOptions = {
  dataDir: '/nowhere',
  migrationsDir: '/nowhere',
  space: 'real',
  version: '9',
  machine: { id: 'm1', name: 'test' },
  bundle: null,
};
const answers = {
  wrapKey: ({ key }: { key: string }) => [{ by: 'test', blob: key }],
  unwrapKey: ({ wraps }: { wraps: { blob: string }[] }) => ({ key: wraps[0]?.blob ?? '' }),
  notify: () => null,
  proxiesEnd: () => null,
  proxyBudgets: () => null,
  setBadge: () => null,
  openExternal: () => null,
  restartEngine: () => null,
  switchSpace: () => {
    throw new Error('Not now.');
  },
};

let supervisor: EngineSupervisor | undefined;
afterEach(async () => {
  await supervisor?.stop();
  delete process.env['SMALL_ENGINE'];
});

function setUp(
  firstPauseMs?: number,
  onSpawn = (_launch: number): void => {},
): {
  supervisor: EngineSupervisor;
  states: EngineState['kind'][];
  pids: number[];
} {
  const states: EngineState['kind'][] = [];
  const pids: number[] = [];
  let launches = 0;
  const made = createEngineSupervisor({
    spawn: () => {
      launches += 1;
      onSpawn(launches);
      return forkEngine(script);
    },
    answers,
    clock: {
      // It stands still: how long a busy machine takes to start a process must not matter.
      now: () => 0,
      // Crash loops are tried without their pauses.
      after: (ms, task) => systemClock.after(Math.min(ms, firstPauseMs ?? ms), task),
    },
    random: () => 0.5,
    log: memoryLog(),
    onState: (state) => {
      states.push(state.kind);
      if (state.kind === 'ready') pids.push(Number(state.epoch.replace('epoch-', '')));
    },
  });
  supervisor = made;
  return { supervisor: made, states, pids };
}

function attach(to: EngineSupervisor): { client: WireClient; failed: unknown[]; closed: () => boolean } {
  const [page, host] = memoryPortPair();
  const failed: unknown[] = [];
  let closed = false;
  const client = connectWire(page, { onFeed: () => {}, timers: systemClock, timeoutMs: 100_000 });
  client.onClose(() => {
    closed = true;
  });
  to.attach(host, (failure) => failed.push(failure));
  return { client, failed, closed: () => closed };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the engine supervisor', () => {
  it('connects pages that came before the engine, and answers what the engine asks', async () => {
    const { supervisor: host, states } = setUp();
    const { client } = attach(host);
    const early = client.call('system.info', {});
    host.start(options);
    expect(await early).toMatchObject({ ok: true, value: { version: '9', space: 'real' } });
    expect(await client.call('settings.set', {})).toEqual({ ok: true, value: { wraps: 1, key: 'c2VjcmV0' } });
    expect(await client.call('system.switchSpace', { space: 'practice' })).toEqual({
      ok: false,
      error: { code: 'unreachable', message: 'Not now.' },
    });
    expect(states).toEqual(['starting', 'ready']);
  });

  it('closes the pages of a killed engine, starts another, and serves those who come back', async () => {
    const { supervisor: host, states, pids } = setUp();
    host.start(options);
    const first = attach(host);
    await first.client.call('system.info', {});
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await waitUntil('the page is told', first.closed);
    const second = attach(host);
    expect(await second.client.call('system.info', {})).toMatchObject({ ok: true });
    expect(states).toContain('restarting');
    expect(pids).toHaveLength(2);
    expect(pids[0]).not.toBe(pids[1]);
  });

  it('stops: the process is gone and none follows', async () => {
    const { supervisor: host, pids } = setUp();
    host.start(options);
    const { client, closed } = attach(host);
    await client.call('system.info', {});
    await host.stop();
    expect(host.state.kind).toBe('stopped');
    expect(isAlive(pids[0] ?? 0)).toBe(false);
    await waitUntil('the page is told', closed);
    host.start({ ...options, space: 'practice' });
    const after = attach(host);
    expect(await after.client.call('system.info', {})).toMatchObject({ value: { space: 'practice' } });
  });

  it('does not try again after a start that failed, until asked', async () => {
    process.env['SMALL_ENGINE'] = 'fail';
    const { supervisor: host, states } = setUp();
    host.start(options);
    const { failed } = attach(host);
    await waitUntil('the page is told', () => failed.length === 1);
    expect(failed).toEqual([{ reason: 'newer-database', message: 'Made by a newer version.' }]);
    expect(states).not.toContain('restarting');
    const late = attach(host);
    expect(late.failed).toHaveLength(1);
    delete process.env['SMALL_ENGINE'];
    host.start(options);
    expect(await attach(host).client.call('system.info', {})).toMatchObject({ ok: true });
  });

  it('waits for the engine before to let go of the folder', async () => {
    process.env['SMALL_ENGINE'] = 'locked';
    const { supervisor: host, states } = setUp(undefined, (launch) => {
      if (launch === 3) delete process.env['SMALL_ENGINE'];
    });
    host.start(options);
    expect(await attach(host).client.call('system.info', {})).toMatchObject({ ok: true });
    expect(states).toEqual(['starting', 'ready']);
  });

  it('starts again after a start that could not even begin', async () => {
    const { supervisor: host, states } = setUp(1, (launch) => {
      if (launch === 1) throw new Error('No such program.');
    });
    host.start(options);
    expect(await attach(host).client.call('system.info', {})).toMatchObject({ ok: true });
    expect(states).toEqual(['starting', 'restarting', 'starting', 'ready']);
  });

  it('gives up when the engine ends at every start', async () => {
    process.env['SMALL_ENGINE'] = 'crash';
    const { supervisor: host, states } = setUp(1);
    const { failed } = attach(host);
    host.start(options);
    await waitUntil('it gives up', () => failed.length === 1);
    expect(failed).toMatchObject([{ reason: 'other' }]);
    expect(states.filter((kind) => kind === 'restarting')).toHaveLength(4);
  });
});
