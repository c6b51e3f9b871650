import { MantineProvider } from '@mantine/core';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, it, vi } from 'vitest';
import type { ProxyChecks } from '../../contract/proxies.ts';
import { startI18n } from '../i18n/i18n.ts';
import { ChecksStrip } from './checks-strip.tsx';

const { held } = vi.hoisted(() => ({ held: { checks: null as ProxyChecks | null, error: null } }));
vi.mock('./checks-store.ts', () => ({ useChecks: () => held, endChecks: () => Promise.resolve() }));

beforeAll(() => startI18n('en'));

const quiet = { isRunning: false, total: 40, done: 40, failed: 0, unseen: 0, unknown: 0, error: null };
const said = (given: Partial<ProxyChecks> | null): string => {
  held.checks = given === null ? null : { ...quiet, ...given };
  return renderToStaticMarkup(<MantineProvider>{<ChecksStrip />}</MantineProvider>)
    .replaceAll(/<style.*?<\/style>/gsu, '')
    .replaceAll(/<[^>]+>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
};

it.each<[string, Partial<ProxyChecks> | null, string]>([
  ['nothing where there was none', null, ''],
  ['nothing where there was nothing to test', { total: 0 }, ''],
  ['how far it is', { isRunning: true, done: 12 }, 'Testing: 12 of 40 Cancel'],
  ['that all is well', {}, '40 proxies tested. Dismiss'],
  ['what does not work', { failed: 3 }, '40 proxies tested. 3 do not work. Dismiss'],
  [
    'what was not found out, and why',
    { unseen: 1, unknown: 2, error: { code: 'unreachable', message: 'x', details: { reason: 'network' } } },
    '40 proxies tested. 1 works, but the look-up service did not tell its address. Of 2 nothing was found out: the network does not work. Dismiss',
  ],
])('says %s', (_, given, expected) => {
  expect(said(given)).toBe(expected);
});
