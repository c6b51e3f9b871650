import { beforeEach, describe, expect, it, vi } from 'vitest';
import { changeProxies, forEachCall, makeMoves, moveAlong, pairUp, weighMoves } from './bind.ts';

const asked = vi.hoisted(() => ({ calls: [] as [string, unknown][], fails: -1 }));
vi.mock('../client.ts', () => ({
  client: {
    call: (method: string, input: { readonly proxyId: number }) => {
      asked.calls.push([method, input]);
      if (input.proxyId === asked.fails) {
        return Promise.resolve({ ok: false, error: { code: 'conflict', message: 'x' } });
      }
      const value = method === 'proxies.weigh' ? { warnings: [{ kind: 'shared', storeId: 1 }] } : null;
      return Promise.resolve({ ok: true, value });
    },
  },
}));

beforeEach(() => {
  asked.calls = [];
  asked.fails = -1;
});

const ok = { ok: true, value: null } as const;

it('makes many calls some at a time, and stops at the first that fails', async () => {
  const begun: number[] = [];
  const all = Array.from({ length: 30 }, (_, n) => n);
  const outcome = await forEachCall(all, (n) => {
    begun.push(n);
    const failed = { ok: false, error: { code: 'internal', message: 'x' } } as const;
    return Promise.resolve(n === 9 ? failed : ok);
  });
  expect(outcome).toEqual({ done: 15, error: { code: 'internal', message: 'x' } });
  expect(begun).toHaveLength(16);
});

it('names the proxy of each warning', async () => {
  const moves = [
    { storeIds: [1], proxyId: 7 },
    { storeIds: [2], proxyId: null },
  ];
  const answer = await weighMoves(moves);
  expect(answer).toEqual({
    ok: true,
    value: [
      { kind: 'shared', storeId: 1, proxyId: 7 },
      { kind: 'shared', storeId: 1, proxyId: null },
    ],
  });
});

it('moves stores one after another, up to what can not be done', async () => {
  asked.fails = 8;
  const moves = [7, 8, 9].map((proxyId) => ({ storeIds: [proxyId], proxyId }));
  expect(await makeMoves(moves)).toMatchObject({ code: 'conflict' });
  expect(asked.calls.map(([, input]) => input)).toEqual([
    { storeIds: [7], proxyId: 7 },
    { storeIds: [8], proxyId: 8 },
  ]);
});

it('changes the same of each, and nothing else', async () => {
  await changeProxies([1, 2], { details: { expiresAt: 5 } });
  await changeProxies([3], { disabled: true });
  expect(asked.calls.map(([, input]) => input)).toEqual([
    { proxyId: 1, change: { expiresAt: 5 } },
    { proxyId: 2, change: { expiresAt: 5 } },
    { proxyId: 3, change: {}, disabled: true },
  ]);
});

describe('which stores go by which proxy', () => {
  it('stores of an account go together', () => {
    const stores = [
      { id: 1, accountId: 1 },
      { id: 2, accountId: 1 },
      { id: 3, accountId: 3 },
    ];
    expect(moveAlong([1], stores)).toEqual([2]);
    expect(moveAlong([1, 2], stores)).toEqual([]);
    expect(moveAlong([3], stores)).toEqual([]);
  });

  it('one proxy takes all, several take one each in order', () => {
    expect(pairUp([7], [1, 2])).toEqual([{ storeIds: [1, 2], proxyId: 7 }]);
    expect(pairUp([7], [])).toEqual([]);
    expect(pairUp([7, 8], [2, 1, 3])).toEqual([
      { storeIds: [2], proxyId: 7 },
      { storeIds: [1], proxyId: 8 },
    ]);
  });
});
