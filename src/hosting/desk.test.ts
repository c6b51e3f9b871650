import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../base/system-clock.ts';
import { hostFolders, smallEngine, smallSandbox } from '../testing/web-host.ts';
import { memoryLog } from '../testing/temp-engine.ts';
import { waitUntil } from '../testing/wait-until.ts';
import { connectWire, type WireClient } from '../wire/client.ts';
import type { EngineOptions } from '../wire/host-link.ts';
import { memoryPortPair } from '../wire/memory-port.ts';
import { createDesk, SWITCH_AFTER_MS, type Desk } from './desk.ts';
import { forkEngine } from './engine-child.ts';
import type { EngineState } from './engine-supervisor.ts';

// Real processes and sockets: a busy machine is slow, not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let folders: ReturnType<typeof hostFolders>;
let desk: Desk;
let states: EngineState['kind'][];
/** Runs what waits for an answer to reach its page, in place of a timer, while it is set. */
let hold: ((task: () => void) => void) | null;
let machine: () => EngineOptions['machine'];
beforeEach(() => {
  machine = () => ({ id: 'm1', name: 'test' });
  states = [];
  hold = null;
  folders = hostFolders();
  desk = createDesk({
    root: folders.root,
    migrationsDir: folders.root,
    version: '1',
    machine: () => machine(),
    browser: () => null,
    spawnEngine: () => forkEngine(smallEngine),
    sandboxScript: smallSandbox,
    answers: {
      wrapKey: () => [],
      unwrapKey: () => null,
      notify: () => null,
      proxiesEnd: () => null,
      proxyBudgets: () => null,
      setBadge: () => null,
      openExternal: () => null,
    },
    clock: {
      now: systemClock.now,
      after: (ms, task) => {
        if (hold === null || ms !== SWITCH_AFTER_MS) return systemClock.after(ms, task);
        hold(task);
        return () => {};
      },
    },
    random: () => 0.5,
    log: memoryLog(),
    onState: ({ kind }) => states.push(kind),
  });
});
afterEach(async () => {
  await desk.close();
  delete process.env['SMALL_SANDBOX'];
  folders.remove();
});

function page(): { client: WireClient; closed: () => boolean; failed: unknown[] } {
  const [own, other] = memoryPortPair();
  const failed: unknown[] = [];
  desk.attach(other, (failure) => {
    failed.push(failure);
    other.close();
  });
  let closed = false;
  const client = connectWire(own, { onFeed: () => {}, timers: systemClock, timeoutMs: 100_000 });
  client.onClose(() => {
    closed = true;
  });
  return { client, closed: () => closed, failed };
}

describe('the desk', () => {
  it('goes into practice and back when the page asks, each on its own folder', async () => {
    await desk.open('real');
    const real = page();
    expect(await real.client.call('system.info', {})).toMatchObject({
      value: { space: 'real', dataDir: join(folders.root, 'desk'), storeCount: 0 },
    });
    expect(await real.client.call('system.switchSpace', { space: 'practice' })).toEqual({
      ok: true,
      value: null,
    });
    await waitUntil('the page is told', real.closed);

    const practice = page();
    expect(await practice.client.call('system.info', {})).toMatchObject({
      value: { space: 'practice', dataDir: join(folders.root, 'practice'), storeCount: 1 },
    });
    await practice.client.call('system.switchSpace', { space: 'real' });
    await waitUntil('the page is told', practice.closed);
    expect(await page().client.call('system.info', {})).toMatchObject({
      value: { space: 'real', storeCount: 0 },
    });
    expect(existsSync(join(folders.root, 'practice', 'sandbox.json'))).toBe(true);
  });

  it('starts another engine on the same folder when this one asks (a restore waits for it); its pages come again', async () => {
    await desk.open('real');
    const pages = [page(), page()];
    const epochs: unknown[] = [];
    for (const { client } of pages) epochs.push(await client.call('system.info', {}));
    expect(await pages[0]?.client.call('stores.syncNow', { storeId: 1 })).toMatchObject({ ok: true });
    for (const { closed } of pages) await waitUntil('the page is let go', closed);
    expect(pages.map(({ failed }) => failed)).toEqual([[], []]);

    const info = await page().client.call('system.info', {});
    expect(info).toMatchObject({ value: { space: 'real', dataDir: join(folders.root, 'desk') } });
    expect(epochs).not.toContainEqual(info);
    expect(states).not.toContain('failed');
  });

  it('starts its engine anew where it is by then, not where it was when that was asked', async () => {
    await desk.open('practice');
    const held: (() => void)[] = [];
    hold = (task) => void held.push(task);
    const { client } = page();
    await client.call('system.switchSpace', { space: 'real' });
    await client.call('stores.syncNow', { storeId: 1 });
    for (const task of held) task();
    await waitUntil('both began', () => states.filter((kind) => kind === 'starting').length === 3);
    expect([held.length, desk.space]).toEqual([2, 'real']);
  });

  it('lets the engine go on when another can not be started: the key file may be out of reach', async () => {
    await desk.open('real');
    const { client, closed } = page();
    const before = await client.call('system.info', {});
    machine = () => {
      throw new Error('key file');
    };
    await expect(desk.open('real')).rejects.toThrow('key file');
    expect(await client.call('system.info', {})).toEqual(before);
    expect([closed(), desk.state.kind]).toEqual([false, 'ready']);
  });

  it('opens nothing any more once it is closed', async () => {
    await desk.open('real');
    const held: (() => void)[] = [];
    hold = (task) => void held.push(task);
    await page().client.call('system.switchSpace', { space: 'practice' });
    await desk.close();
    for (const task of held) task();
    await desk.open('real');
    expect([held.length, desk.state.kind, desk.space]).toEqual([1, 'stopped', 'real']);
  });

  it('stays where it is when the sandbox does not start', async () => {
    process.env['SMALL_SANDBOX'] = 'fail';
    await desk.open('real');
    const real = page();
    expect(await real.client.call('system.switchSpace', { space: 'practice' })).toMatchObject({
      ok: false,
      error: { code: 'unreachable' },
    });
    await expect(desk.open('practice')).rejects.toThrow('The sandbox could not be started');
    expect(await real.client.call('system.info', {})).toMatchObject({ value: { space: 'real' } });
    expect([desk.space, real.closed()]).toEqual(['real', false]);
  });
});
