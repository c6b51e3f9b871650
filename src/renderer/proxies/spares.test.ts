import { describe, expect, it } from 'vitest';
import { sampleCheck, sampleProxy } from '../../testing/sample-proxies.ts';
import { needsSpare, offerSpares, sparesIn, wantedCountry } from './spares.ts';

const now = 1_000_000_000;
const DAY = 86_400_000;
const unreachable = { code: 'unreachable', message: 'x' } as const;

describe('a proxy whose stores need another', () => {
  it.each([
    ['ended', { expiresAt: now - 1, storeIds: [1] }, true],
    ['ends within three days', { expiresAt: now + 3 * DAY, storeIds: [1] }, true],
    ['ends within a week', { expiresAt: now + 4 * DAY, storeIds: [1] }, false],
    ['does not work', { check: sampleCheck({ error: unreachable }), storeIds: [1] }, true],
    ['is taken out of use by a person', { state: 'disabled', storeIds: [1] }, false],
    ['carries nothing', { expiresAt: now - 1 }, false],
  ] as const)('%s', (_what, given, expected) => {
    expect(needsSpare(sampleProxy(given), now)).toBe(expected);
  });
});

describe('a spare', () => {
  const spare = (name: string, given: Parameters<typeof sampleProxy>[0] = {}) =>
    sampleProxy({ name, country: 'SG', ...given });

  it('is of the same country: seen counts more than the list', () => {
    const proxies = [
      spare('list'),
      spare('seen elsewhere', { check: sampleCheck({ country: 'MY' }) }),
      spare('seen', { country: 'US', check: sampleCheck({ country: 'SG' }) }),
      spare('none', { country: null }),
    ];
    expect(sparesIn('SG', proxies, now).map(({ name }) => name)).toEqual(['seen', 'list']);
    expect(sparesIn(null, proxies, now)).toEqual([]);
  });

  it('is unused, works as far as known and does not end in three days; the longest lasting comes first', () => {
    const proxies = [
      spare('used', { storeIds: [1] }),
      spare('exit', { appIds: [1] }),
      spare('off', { state: 'disabled' }),
      spare('failing', { check: sampleCheck({ error: unreachable }) }),
      spare('soon', { expiresAt: now + 2 * DAY }),
      spare('month', { expiresAt: now + 30 * DAY }),
      spare('for ever'),
      spare('works', { expiresAt: now + 30 * DAY, check: sampleCheck() }),
    ];
    expect(sparesIn('SG', proxies, now).map(({ name }) => name)).toEqual(['works', 'for ever', 'month']);
  });
});

it('looks for the country the stores are used to, else for that of their site', () => {
  const stores = new Map([
    [1, { site: 'TH' }],
    [2, { site: 'TH' }],
    [3, { site: 'SG' }],
    [4, { site: 'UK' }],
  ]);
  const wanted = (given: Parameters<typeof sampleProxy>[0]) => wantedCountry(sampleProxy(given), stores);
  expect(wanted({ country: 'MY', storeIds: [1] })).toBe('MY');
  expect(wanted({ storeIds: [1, 2] })).toBe('TH');
  expect(wanted({ storeIds: [1, 3] })).toBe(null);
  expect(wanted({ storeIds: [4] })).toBe('GB');
});

it('offers each spare once: what ends first chooses first', () => {
  const needy = (name: string, given: Parameters<typeof sampleProxy>[0]) =>
    sampleProxy({ name, country: 'SG', storeIds: [1], ...given });
  const proxies = [
    needy('tomorrow', { expiresAt: now + DAY }),
    needy('over', { expiresAt: now - 1 }),
    needy('too', { expiresAt: now + 2 * DAY }),
    needy('elsewhere', { expiresAt: now - 1, country: 'MY' }),
    needy('well', {}),
    sampleProxy({ name: 'best', country: 'SG' }),
    sampleProxy({ name: 'second', country: 'SG', expiresAt: now + 9 * DAY }),
  ];
  const nameOfId = new Map(proxies.map(({ id, name }) => [id, name]));
  const offered = [...offerSpares(proxies, new Map(), now)].map(([id, { name }]) => [nameOfId.get(id), name]);
  expect(offered).toEqual([
    ['over', 'best'],
    ['tomorrow', 'second'],
  ]);
});
