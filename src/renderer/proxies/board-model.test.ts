import { describe, expect, it } from 'vitest';
import type { ProxyView } from '../../contract/proxies.ts';
import { sampleCheck, sampleProxy } from '../../testing/sample-proxies.ts';
import {
  boardKinds,
  buildBoard,
  countKinds,
  isOfKind,
  namesOf,
  type BoardFilter,
  type BoardSort,
} from './board-model.ts';

const now = Date.UTC(2026, 11, 1, 4);
const DAY = 86_400_000;
const everything: BoardFilter = { text: '', kind: 'all', provider: null, tag: null, ends: null };
const byName: BoardSort = { by: 'name', down: false };
const around = { now, storeText: (id: number) => (id === 1 ? 'Nusa Living SG' : 'Hive Audio TH') };
const unreachable = { code: 'unreachable', message: 'x' } as const;

const shown = (
  proxies: readonly ProxyView[],
  filter: Partial<BoardFilter> = {},
  sort: BoardSort = byName,
): string[] => buildBoard(proxies, { ...everything, ...filter }, sort, around).map(({ name }) => name);

const desk = [
  sampleProxy({ name: 'works', check: sampleCheck(), storeIds: [1], provider: 'Alpha', tag: 'dc' }),
  sampleProxy({ name: 'failing', check: sampleCheck({ error: unreachable }), storeIds: [2] }),
  sampleProxy({ name: 'soon', expiresAt: now + 6 * DAY, check: sampleCheck({ country: 'TH' }) }),
  sampleProxy({ name: 'far', expiresAt: now + 8 * DAY, provider: 'Beta', country: 'MY' }),
  sampleProxy({ name: 'over', expiresAt: now - 1, state: 'ready', storeIds: [2] }),
  sampleProxy({ name: 'off', state: 'disabled', provider: 'Alpha' }),
  sampleProxy({ name: 'exit', appIds: [3] }),
];

describe('kinds of proxies', () => {
  it.each([
    ['all', ['exit', 'failing', 'far', 'off', 'over', 'soon', 'works']],
    ['ends-soon', ['over', 'soon']],
    ['not-working', ['failing', 'off', 'over']],
    // Neither what a store or an app leaves by, nor what would carry nothing.
    ['spare', ['far', 'soon']],
  ] as const)('%s', (kind, names) => {
    expect(shown(desk, { kind })).toEqual(names);
  });

  it('are counted as they are shown', () => {
    const counts = countKinds(desk, now);
    for (const kind of boardKinds) {
      expect(counts[kind]).toBe(desk.filter((proxy) => isOfKind(proxy, kind, now)).length);
    }
  });

  it('ends at its moment, whatever the engine has noted so far', () => {
    const proxy = sampleProxy({ expiresAt: now, state: 'ready' });
    expect(isOfKind(proxy, 'not-working', now)).toBe(true);
    expect(isOfKind(proxy, 'not-working', now - 1)).toBe(false);
  });
});

describe('the search', () => {
  const proxies = [
    sampleProxy({ name: 'Sài Gòn 1', host: 'vn.example', port: 9000, username: 'mai', note: 'for Tết' }),
    sampleProxy({
      name: 'b',
      storeIds: [1],
      check: sampleCheck({ egressV4: '203.0.113.9', city: 'Singapore' }),
    }),
    sampleProxy({ name: 'c', storeIds: [2], tag: '住宅' }),
  ];
  it.each([
    ['sai gon', ['Sài Gòn 1']],
    ['vn.example:9000', ['Sài Gòn 1']],
    ['mai tet', ['Sài Gòn 1']],
    ['113.9', ['b']],
    ['singapore', ['b']],
    ['nusa sg', ['b']],
    ['住宅', ['c']],
    ['住宅 hive', ['c']],
    ['住宅 nusa', []],
    ['  ', ['b', 'c', 'Sài Gòn 1']],
  ])('%j', (text, names) => {
    expect(shown(proxies, { text })).toEqual(names);
  });
});

it('narrows by provider, tag and end at once', () => {
  expect(shown(desk, { provider: 'Alpha' })).toEqual(['off', 'works']);
  expect(shown(desk, { provider: 'Alpha', tag: 'dc' })).toEqual(['works']);
  expect(shown(desk, { ends: 'ended' })).toEqual(['over']);
  expect(shown(desk, { ends: 'week:1' })).toEqual(['far']);
  expect(shown(desk, { ends: 'permanent', provider: 'Beta' })).toEqual([]);
});

describe('the order', () => {
  it('puts what is not known last, either way', () => {
    const proxies = [
      sampleProxy({ name: 'none' }),
      sampleProxy({ name: 'slow', check: sampleCheck({ latencyMs: 900 }) }),
      sampleProxy({ name: 'fast', check: sampleCheck({ latencyMs: 90 }) }),
    ];
    expect(shown(proxies, {}, { by: 'latency', down: false })).toEqual(['fast', 'slow', 'none']);
    expect(shown(proxies, {}, { by: 'latency', down: true })).toEqual(['slow', 'fast', 'none']);
  });

  it('counts numbers in names as numbers, and keeps equals in their order', () => {
    const proxies = ['p10', 'p9', 'p1'].map((name) => sampleProxy({ name, tag: 'x' }));
    expect(shown(proxies)).toEqual(['p1', 'p9', 'p10']);
    expect(shown(proxies, {}, { by: 'tag', down: true })).toEqual(['p10', 'p9', 'p1']);
  });

  it('by end begins with what ends first; permanent ones end last', () => {
    expect(shown(desk, {}, { by: 'ends', down: false }).slice(0, 3)).toEqual(['over', 'soon', 'far']);
  });
});

it('names the providers there are', () => {
  expect(namesOf(desk, 'provider')).toEqual([
    { name: 'Alpha', count: 2 },
    { name: 'Beta', count: 1 },
  ]);
});
