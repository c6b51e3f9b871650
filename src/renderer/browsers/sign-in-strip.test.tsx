import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { BrowserView } from '../../contract/browsers.ts';
import { sampleBrowser, sampleProgram } from '../../testing/sample-browsers.ts';
import { sampleStore } from '../../testing/sample-proxies.ts';
import { startI18n } from '../i18n/i18n.ts';
import { SignInStrip } from './sign-in-strip.tsx';

const { held } = vi.hoisted(() => ({
  held: {
    browsers: {} as Record<string, unknown>,
    stores: {} as Record<string, unknown>,
    walk: {} as Record<string, unknown>,
  },
}));
const { from } = vi.hoisted(() => ({
  from:
    (read: () => unknown) =>
    (pick: (state: unknown) => unknown = (state) => state) =>
      pick(read()),
}));
vi.mock('./browsers-store.ts', () => ({ useBrowsers: from(() => held.browsers) }));
vi.mock('./walk-store.ts', async (original) => ({
  ...(await original<object>()),
  useWalk: from(() => held.walk),
}));
vi.mock('../stores/stores-store.ts', () => ({
  useStores: Object.assign(
    from(() => held.stores),
    { getState: () => held.stores },
  ),
}));

beforeAll(() => startI18n('en'));

const browser = (accountId: number, status: BrowserView['signIn']['status']): BrowserView =>
  sampleBrowser({ accountId, signIn: { status, since: 1, checkedAt: 1 } });

beforeEach(() => {
  const stores = [
    sampleStore({ id: 1 }),
    sampleStore({ id: 2, name: 'Hive Audio', site: 'TH' }),
    sampleStore({ id: 3 }),
  ];
  held.stores = { stores, groups: [], byId: new Map(stores.map((store) => [store.id, store])) };
  held.walk = { walk: null, isOpening: false, error: null };
});

function said(given: Record<string, unknown>): string {
  held.browsers = { browsers: [], program: sampleProgram, checks: null, ...given };
  return renderToStaticMarkup(
    <MantineProvider>
      <SignInStrip />
    </MantineProvider>,
  )
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

const well = [browser(1, 'signed-in'), browser(2, 'signed-in'), browser(3, 'unknown')];

it('is not there while nothing is known', () => {
  expect(said({})).toBe('');
});

it('is one quiet line while nobody is needed', () => {
  expect(said({ browsers: well })).toBe('2 of 3 signed in');
});

it('says how many stores need a person, and leads there', () => {
  const browsers = [browser(1, 'signed-out'), browser(2, 'challenge'), browser(3, 'signed-in')];
  expect(said({ browsers })).toMatch(/^2 stores need you Sign in next/u);
});

it('counts the looks at sign-ins', () => {
  const checks = { isRunning: true, total: 12, done: 5 };
  expect(said({ browsers: well, checks })).toBe('Checking 5 of 12');
  expect(said({ browsers: well, checks: { ...checks, isRunning: false } })).toBe('2 of 3 signed in');
});

it('says what to do where there is no browser, or no display', () => {
  expect(said({ browsers: well, program: { ...sampleProgram, name: null } })).toMatch(
    /^No browser of the Chromium family found: install/u,
  );
  const browsers = [browser(1, 'signed-out')];
  expect(said({ browsers, program: { ...sampleProgram, name: null } })).not.toContain('Sign in next');
  expect(said({ browsers: well, program: { ...sampleProgram, isWindowed: false } })).toMatch(
    /^No display here/u,
  );
});

it('says whose turn it is, and why its browser did not open', () => {
  const error = { code: 'unreachable', message: 'x', details: { reason: 'no-display' } };
  held.walk = { walk: { at: 2, passed: [1] }, isOpening: false, error };
  const text = said({ browsers: [browser(1, 'signed-in'), browser(2, 'signed-out')] });
  expect(text).toContain('Hive Audio TH · Signed out');
  expect(text).toContain(
    'That did not work: there is no display here. Start Counterdesk where there is a screen',
  );
  expect(text).toMatch(/Skip Stop Show/u);
});
