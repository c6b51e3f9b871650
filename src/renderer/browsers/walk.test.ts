import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signInStatuses } from '../../contract/browsers.ts';
import { sampleBrowser } from '../../testing/sample-browsers.ts';
import { needing } from './sign-in.ts';
import { isThrough, nextOf, turnTo, type Walk } from './walk.ts';

const out = (accountId: number) =>
  sampleBrowser({ accountId, signIn: { status: 'signed-out', since: 1, checkedAt: 1 } });

it('goes from one to the next, and to nobody twice', () => {
  const wanting = [out(1), out(2), out(3)];
  const first = turnTo(null, nextOf(null, wanting)?.accountId ?? 0);
  expect(first).toEqual({ at: 1, passed: [] });
  // Skipped: it still wants somebody.
  const second = turnTo(first, nextOf(first, wanting)?.accountId ?? 0);
  expect(second).toEqual({ at: 2, passed: [1] });
  const third = turnTo(second, nextOf(second, [out(1), out(3)])?.accountId ?? 0);
  expect(third.at).toBe(3);
  expect(nextOf(third, [out(1)])).toBe(null);
});

it('is through with one that is signed in as the right shop, or gone; what is unclear is waited for', () => {
  const walk: Walk = { at: 1, passed: [] };
  const view = sampleBrowser({ accountId: 1 });
  expect(isThrough(walk, [out(1)])).toBe(false);
  expect(isThrough(walk, [{ ...view, signIn: { ...view.signIn, status: 'unknown' } }])).toBe(false);
  expect(isThrough(walk, [{ ...view, shop: { proof: 'other', storeId: null } }])).toBe(false);
  expect(isThrough(walk, [view])).toBe(true);
  expect(isThrough(walk, [out(2)])).toBe(true);
});

it('ends whatever happens on the way', () => {
  const status = fc.constantFrom(...signInStatuses);
  fc.assert(
    fc.property(fc.array(fc.array(status, { minLength: 5, maxLength: 5 }), { minLength: 1 }), (times) => {
      let walk: Walk | null = null;
      const turns: number[] = [];
      for (let at = 0; ; at += 1) {
        const states = times[at % times.length] ?? [];
        const views = states.map((own, place) =>
          sampleBrowser({ accountId: place + 1, signIn: { status: own, since: 1, checkedAt: 1 } }),
        );
        const next = nextOf(walk, needing(views, []));
        if (next === null) break;
        turns.push(next.accountId);
        walk = turnTo(walk, next.accountId);
      }
      expect(new Set(turns).size).toBe(turns.length);
    }),
  );
});
