import { beforeEach, expect, it, vi } from 'vitest';
import type { BrowserView } from '../../contract/browsers.ts';
import { sampleBrowser, sampleProgram } from '../../testing/sample-browsers.ts';
import { loadBrowsers, useBrowsers } from './browsers-store.ts';
import { goOn, openAgain, signInNext, stopWalk, useWalk } from './walk-store.ts';

const desk = vi.hoisted(() => ({
  browsers: [] as unknown[],
  opened: [] as number[],
  error: null as unknown,
  isDown: false,
}));
vi.mock('../client.ts', () => ({
  clock: { after: () => () => {} },
  client: {
    call: (method: string, input: { storeId: number }) => {
      if (desk.isDown) return Promise.resolve({ ok: false, error: { code: 'closed', message: 'x' } });
      if (method === 'browsers.list') {
        return Promise.resolve({
          ok: true,
          value: { browsers: desk.browsers, program: sampleProgram, checks: null },
        });
      }
      desk.opened.push(input.storeId);
      return Promise.resolve(
        desk.error === null ? { ok: true, value: null } : { ok: false, error: desk.error },
      );
    },
    onFeed: () => () => {},
    useConnection: () => ({}),
  },
}));

const seen = (status: BrowserView['signIn']['status'], accountId: number): BrowserView =>
  sampleBrowser({ accountId, signIn: { status, since: 1, checkedAt: 1 } });
async function show(...browsers: BrowserView[]): Promise<void> {
  desk.browsers = browsers;
  await loadBrowsers();
  goOn();
  await Promise.resolve();
}

beforeEach(() => {
  Object.assign(desk, { browsers: [], opened: [], error: null, isDown: false });
  stopWalk();
});

it('opens the next, and goes on by itself when that one became signed in', async () => {
  await show(seen('signed-out', 1), seen('challenge', 2), seen('signed-in', 3));
  await signInNext();
  expect(desk.opened).toEqual([1]);
  await show(seen('signed-out', 1), seen('challenge', 2), seen('signed-in', 3));
  expect(desk.opened).toEqual([1]);
  await show(seen('signed-in', 1), seen('challenge', 2), seen('signed-in', 3));
  expect(desk.opened).toEqual([1, 2]);
  await show(seen('signed-in', 1), seen('signed-in', 2), seen('signed-in', 3));
  expect(desk.opened).toEqual([1, 2]);
  expect(useWalk.getState().walk).toBe(null);
});

it('leads through stores nobody ever signed in to where no other needs a person, and not else', async () => {
  const fresh = (accountId: number): BrowserView => ({ ...seen('unknown', accountId), hasSession: false });
  await show(fresh(1), seen('signed-out', 2));
  await signInNext();
  await signInNext();
  expect(desk.opened).toEqual([2]);
  expect(useWalk.getState().walk).toBe(null);
  await show(fresh(1), seen('signed-in', 2), fresh(3), seen('unknown', 4));
  await signInNext();
  await show(seen('signed-out', 1), seen('signed-in', 2), fresh(3), seen('unknown', 4));
  await show(seen('signed-in', 1), seen('signed-in', 2), fresh(3), seen('unknown', 4));
  expect(desk.opened).toEqual([2, 1, 3]);
  await signInNext();
  expect(useWalk.getState().walk).toBe(null);
});

it('says why one could not be opened, stays there, and can be told to try again or to go on', async () => {
  await show(seen('signed-out', 1), seen('signed-out', 2));
  desk.error = { code: 'unreachable', message: 'x', details: { reason: 'no-display' } };
  await signInNext();
  expect(useWalk.getState()).toMatchObject({ walk: { at: 1 }, isOpening: false, error: desk.error });
  desk.error = null;
  await openAgain();
  expect(useWalk.getState()).toMatchObject({ walk: { at: 1 }, error: null });
  await signInNext();
  expect(desk.opened).toEqual([1, 1, 2]);
  await signInNext();
  expect(useWalk.getState().walk).toBe(null);
});

it('keeps what was last known when reading fails', async () => {
  await show(seen('signed-out', 1));
  const [before] = useBrowsers.getState().browsers;
  desk.isDown = true;
  await loadBrowsers();
  expect(useBrowsers.getState()).toMatchObject({ loaded: true, error: { code: 'closed' } });
  expect(useBrowsers.getState().byStore.get(1)).toBe(before);
  desk.isDown = false;
  await show(seen('signed-out', 1));
  expect(useBrowsers.getState().error).toBe(null);
  expect(useBrowsers.getState().browsers[0]).toBe(before);
});
