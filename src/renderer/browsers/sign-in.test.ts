import { describe, expect, it } from 'vitest';
import type { BrowserView } from '../../contract/browsers.ts';
import { sampleBrowser } from '../../testing/sample-browsers.ts';
import { needing, needsSomebody, signInKind, storesOf } from './sign-in.ts';

const status = (of: BrowserView['signIn']['status']): BrowserView['signIn'] => ({
  status: of,
  since: 1,
  checkedAt: 2,
});
const error = { code: 'unreachable', message: 'x', details: { reason: 'page-crashed' } } as const;
const other = { proof: 'other', storeId: null } as const;

describe('what is worth saying of a store’s browser', () => {
  it.each<[string, Partial<BrowserView>, ReturnType<typeof signInKind>, boolean]>([
    ['all is well', {}, 'signed-in', false],
    ['nobody has looked', { signIn: status('unknown') }, 'unknown', false],
    ['signed out', { signIn: status('signed-out') }, 'signed-out', true],
    ['a challenge, though it crashed', { signIn: status('challenge'), error }, 'challenge', true],
    ['another shop before anything else', { shop: other, error }, 'other-shop', true],
    ['a crash', { error }, 'trouble', false],
  ])('%s', (_, given, kind, isNeedy) => {
    const view = sampleBrowser({ accountId: 1, ...given });
    expect(signInKind(view)).toBe(kind);
    expect(needsSomebody(view)).toBe(isNeedy);
  });

  it('those that need a person come in the order of the rail', () => {
    const views = [
      sampleBrowser({ accountId: 1, storeIds: [10], signIn: status('signed-out') }),
      sampleBrowser({ accountId: 2, storeIds: [20, 21], signIn: status('challenge') }),
      sampleBrowser({ accountId: 3, storeIds: [30] }),
      sampleBrowser({ accountId: 4, storeIds: [40], signIn: status('signed-out') }),
    ];
    const found = needing(views, [40, 21, 10, 20, 30]);
    expect(found.map(({ accountId }) => accountId)).toEqual([4, 2, 1]);
    expect(storesOf(found)).toBe(4);
  });
});
