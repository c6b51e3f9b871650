import { beforeEach, expect, it, vi } from 'vitest';
import { giveSpare, useBinding } from './binding-store.ts';

const desk = vi.hoisted(() => ({ warnings: [] as unknown[], fails: false, bound: [] as unknown[] }));
vi.mock('../client.ts', () => ({
  client: {
    call: (method: string, input: unknown) => {
      if (method === 'proxies.weigh')
        return Promise.resolve({ ok: true, value: { warnings: desk.warnings } });
      if (desk.fails) return Promise.resolve({ ok: false, error: { code: 'conflict', message: 'x' } });
      desk.bound.push(input);
      return Promise.resolve({ ok: true, value: null });
    },
  },
}));

beforeEach(() => {
  desk.warnings = [];
  desk.fails = false;
  desk.bound = [];
  useBinding.setState({ question: null });
});

it('a spare takes over at once where nothing speaks against it', async () => {
  await giveSpare([1, 2], 7);
  expect(desk.bound).toEqual([{ storeIds: [1, 2], proxyId: 7 }]);
  expect(useBinding.getState().question).toBe(null);
});

it('a spare is asked about where something does, and nothing is done yet', async () => {
  desk.warnings = [{ kind: 'shared', storeId: 1, otherStoreId: 3, at: null }];
  await giveSpare([1], 7);
  expect(desk.bound).toEqual([]);
  expect(useBinding.getState().question).toEqual({ storeIds: [1], proposed: 7, error: null });
});

it('says why it could not be done', async () => {
  desk.fails = true;
  await giveSpare([1], 7);
  expect(useBinding.getState().question).toMatchObject({ proposed: 7, error: { code: 'conflict' } });
});
