import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LASTING_MS, see, UNKNOWN, wait, type Seen, type SignInState } from './sign-in.ts';

const seen = (kind: Seen['kind'], status: Seen['status'], at: number, sure: Seen['sure'] = 'weak'): Seen => ({
  kind,
  status,
  at,
  sure,
});
const after = (...signs: Seen[]): SignInState => signs.reduce(see, UNKNOWN);

test('one weak sign says nothing yet; two of different kinds that agree do', () => {
  expect(after(seen('page', 'signed-in', 1)).status).toBe('unknown');
  const both = after(seen('page', 'signed-in', 1), seen('cookies', 'signed-in', 2));
  expect(both).toMatchObject({ status: 'signed-in', since: 2, checkedAt: 2 });
  expect(after(seen('page', 'signed-in', 1), seen('page', 'signed-in', 2)).status).toBe('unknown');
});

test('a firm one counts at once, and so does a challenge', () => {
  expect(after(seen('answer', 'signed-out', 1, 'firm')).status).toBe('signed-out');
  const signedIn = after(seen('answer', 'signed-in', 1, 'firm'));
  expect(see(signedIn, seen('page', 'challenge', 2, 'firm'))).toMatchObject({
    status: 'challenge',
    since: 2,
  });
});

test('a way through the sign-in page is no signing out, staying there is', () => {
  const signedIn = after(seen('page', 'signed-in', 1), seen('cookies', 'signed-in', 2));
  const away = [seen('page', 'signed-out', 10), seen('cookies', 'signed-in', 11)].reduce(see, signedIn);
  expect(away.status).toBe('signed-in');
  expect(wait(away, 10 + LASTING_MS - 1).status).toBe('signed-in');
  expect(wait(away, 10 + LASTING_MS)).toMatchObject({ status: 'signed-out', since: 10 + LASTING_MS });
  const back = see(away, seen('page', 'signed-in', 500));
  expect(wait(back, 10 + LASTING_MS).status).toBe('signed-in');
});

test('what a firm answer said of this page is not overtaken by how long it is open', () => {
  const state = after(seen('page', 'signed-in', 1), seen('answer', 'signed-out', 2, 'firm'));
  expect(wait(state, 100_000).status).toBe('signed-out');
});

test('it is signed in since it was first seen so, and checked when it was seen last', () => {
  const state = after(seen('answer', 'signed-in', 1, 'firm'), seen('answer', 'signed-in', 9, 'firm'));
  expect(state).toMatchObject({ since: 1, checkedAt: 9 });
});

test('with a session’s cookies, passing the sign-in page never shows as signed out', () => {
  const pause = fc.integer({ min: 0, max: LASTING_MS - 1 });
  fc.assert(
    fc.property(
      fc.array(fc.record({ pause, status: fc.constantFrom('signed-in', 'signed-out') })),
      (moves) => {
        let [state, now] = [after(seen('page', 'signed-in', 0), seen('cookies', 'signed-in', 0)), 0];
        for (const { pause: ms, status } of moves) {
          state = see(state, seen('page', status as 'signed-in', now));
          state = see(state, seen('cookies', 'signed-in', now));
          now += ms;
          state = wait(state, now);
          expect(state.status).toBe('signed-in');
        }
      },
    ),
  );
});
