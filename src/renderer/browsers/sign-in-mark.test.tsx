import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { BrowserView } from '../../contract/browsers.ts';
import { sampleBrowser } from '../../testing/sample-browsers.ts';
import { setLanguage, startI18n } from '../i18n/i18n.ts';
import { BrowserDot, SignInMark } from './sign-in-mark.tsx';

const { held } = vi.hoisted(() => ({ held: { byStore: new Map<number, unknown>() } }));
vi.mock('./browsers-store.ts', () => ({ useBrowsers: (pick: (state: unknown) => unknown) => pick(held) }));
vi.mock('./browsers-actions.ts', () => ({ openBrowser: () => Promise.resolve() }));

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: {} });
  startI18n('en');
});
beforeEach(() => held.byStore.clear());

function draw(given: Partial<BrowserView>): string {
  held.byStore.set(1, sampleBrowser({ accountId: 1, ...given }));
  return renderToStaticMarkup(
    <MantineProvider>
      <SignInMark storeId={1} />
      <BrowserDot storeId={1} />
    </MantineProvider>,
  ).replaceAll(/<style.*?<\/style>/gsu, '');
}

const at = new Date(2026, 10, 25, 9, 12).getTime();

it('is silent where all is well, and where nothing is known of a browser', () => {
  expect(draw({})).toBe('');
  held.byStore.clear();
  expect(
    renderToStaticMarkup(
      <MantineProvider>
        <SignInMark storeId={1} />
      </MantineProvider>,
    ),
  ).not.toContain('button');
});

it.each<[string, Partial<BrowserView>, string, string]>([
  [
    'signed out',
    { signIn: { status: 'signed-out', since: at, checkedAt: at + 60_000 } },
    'signed-out',
    'Signed out: open the store',
  ],
  [
    'a challenge',
    { signIn: { status: 'challenge', since: at, checkedAt: at } },
    'challenge',
    'Needs you: open the store',
  ],
  [
    'unknown',
    { signIn: { status: 'unknown', since: null, checkedAt: null } },
    'unknown',
    'Sign-in not known: open the store',
  ],
  ['another shop', { shop: { proof: 'other', storeId: null } }, 'other-shop', 'Another shop: open the store'],
])('says %s by shape and word', (_, given, kind, word) => {
  const markup = draw(given);
  expect(markup).toContain(`data-kind="${kind}"`);
  expect(markup).toContain(`aria-label="${word}`);
  expect(markup).toContain('<svg');
});

it('tells since when, and when somebody last looked', () => {
  const markup = draw({ signIn: { status: 'signed-out', since: at, checkedAt: null } });
  expect(markup).toMatch(/Signed out since .*25.*09:12\nSign-in never checked/u);
});

it('tells an open browser from a sleeping one', () => {
  expect(draw({ state: 'open' })).toContain('aria-label="Browser open"');
  expect(draw({ state: 'asleep' })).toContain('aria-label="Browser asleep"');
});

it('speaks Chinese too', () => {
  setLanguage('zh-Hans');
  expect(draw({ signIn: { status: 'challenge', since: at, checkedAt: at } })).toContain('需要您处理');
  setLanguage('en');
});
