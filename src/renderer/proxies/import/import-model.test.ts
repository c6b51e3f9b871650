import { describe, expect, it } from 'vitest';
import type { ImportRow, ProxyDetails } from '../../../contract/proxies.ts';
import { sampleProxy } from '../../../testing/sample-proxies.ts';
import { carryOver, countVerdicts, decided, inOrder, itemsOf, judge, withStores } from './import-model.ts';

const details = (given: Partial<ProxyDetails> = {}): ProxyDetails => ({
  protocol: 'http',
  host: '10.0.0.1',
  port: 8080,
  username: '',
  password: '',
  rotation: '',
  name: '',
  provider: '',
  tag: '',
  note: '',
  country: null,
  expiresAt: null,
  ...given,
});

let made = 0;
function row(verdict: ImportRow['verdict'], given: Partial<ImportRow> = {}): ImportRow {
  made += 1;
  const isRead = verdict !== 'wrong' && verdict !== 'ambiguous';
  return {
    row: made,
    source: 'source',
    verdict,
    details: isRead ? details({ host: `10.0.0.${made}` }) : null,
    problem: verdict === 'wrong' ? 'bad-port' : null,
    readings: [],
    proxyId: verdict === 'duplicate' || verdict === 'changed' ? 100 + made : null,
    changes: verdict === 'changed' ? ['expiresAt'] : [],
    storeIds: [],
    ...given,
  };
}

const judged = (rows: readonly ImportRow[], proxies = [] as ReturnType<typeof sampleProxy>[]) =>
  judge(itemsOf(rows), proxies);

describe('the verdict on a row', () => {
  it('is the engine’s; new and changed ones are saved, duplicates only for a store', () => {
    const rows = [
      row('new'),
      row('changed'),
      row('duplicate'),
      row('duplicate', { storeIds: [1] }),
      row('wrong'),
    ];
    const items = judged(rows);
    expect(items.map(({ taken }) => taken)).toEqual([true, true, false, true, false]);
    expect(countVerdicts(items)).toEqual({ new: 1, changed: 1, duplicate: 2, ambiguous: 0, wrong: 1 });
  });

  it('stays open for an ambiguous one until a reading is picked', () => {
    const readings = [details({ host: 'a.example' }), details({ host: 'b.example', username: 'mai' })];
    const [item] = itemsOf([row('ambiguous', { readings })]);
    expect(judge([item!], [])[0]).toMatchObject({ verdict: 'ambiguous', taken: false });
    expect(judge([{ ...item!, picked: 1 }], [])[0]).toMatchObject({
      verdict: 'new',
      details: readings[1],
      taken: true,
    });
    const there = sampleProxy({ host: 'b.example', port: 8080, username: 'mai', tag: 'dc' });
    expect(judge([{ ...item!, picked: 1 }], [there])[0]).toMatchObject({
      verdict: 'changed',
      proxyId: there.id,
      changes: ['tag'],
    });
  });

  it('is wrong for one that a correction or a pick made the same as another row', () => {
    const first = row('new');
    const second = row('new', { details: { ...first.details!, protocol: 'socks5' } });
    expect(judged([first, second]).map(({ verdict, problem }) => [verdict, problem])).toEqual([
      ['new', null],
      ['wrong', 'twice-in-list'],
    ]);
  });

  it('counts a row that was left out as not saved', () => {
    const [item] = itemsOf([row('new')]);
    expect(judge([{ ...item!, leftOut: true }], [])[0]?.taken).toBe(false);
  });
});

it('keeps what was decided about rows that still stand there when the list is read again', () => {
  const readings = [details(), details({ host: 'b.example' })];
  const [one, two] = [row('ambiguous', { source: 'a', readings }), row('new', { source: 'b' })];
  const before = itemsOf([one, two]).map((item) => ({ ...item, picked: 1, storeIds: [4], leftOut: true }));
  const again = itemsOf([
    { ...one, readings: [details()] },
    { ...two, source: 'another' },
  ]);
  expect(carryOver(before, again)).toMatchObject([
    { picked: null, storeIds: [4], leftOut: true },
    { picked: null, storeIds: [], leftOut: false },
  ]);
});

it('saves what was decided, without what says nothing', () => {
  const rows = [
    row('new', { details: details({ password: 'p', expiresAt: 5 }), storeIds: [3] }),
    row('changed', { details: details({ host: 'b.example', country: 'SG' }), proxyId: 9 }),
    row('wrong'),
  ];
  expect(decided(judged(rows))).toEqual([
    {
      details: { protocol: 'http', host: '10.0.0.1', port: 8080, password: 'p', expiresAt: 5 },
      proxyId: null,
      storeIds: [3],
    },
    { details: { protocol: 'http', host: 'b.example', port: 8080, country: 'SG' }, proxyId: 9 },
  ]);
});

describe('stores', () => {
  const stores = new Map([
    [1, { accountId: 1 }],
    [2, { accountId: 1 }],
    [3, { accountId: 3 }],
  ]);
  const storesOf = (items: readonly { readonly storeIds: readonly number[] }[]) =>
    items.map(({ storeIds }) => storeIds);

  it('named twice are with the first row', () => {
    expect(storesOf(itemsOf([row('new', { storeIds: [1] }), row('new', { storeIds: [1, 3] })]))).toEqual([
      [1],
      [3],
    ]);
  });

  it('of an account leave by one proxy: given to a row, they go from the others', () => {
    const items = itemsOf([row('new', { storeIds: [1] }), row('new', { storeIds: [3] }), row('new')]);
    const given = new Map([[items[2]!.row.row, [2]]]);
    expect(storesOf(withStores(items, given, stores))).toEqual([[], [3], [2]]);
  });

  it('given in order go to the rows that can be saved and have none', () => {
    const items = judged([row('wrong'), row('new', { storeIds: [3] }), row('new'), row('duplicate')]);
    const given = inOrder(items, [1, 2, 3]);
    expect(given).toEqual(
      new Map([
        [items[2]!.row.row, [1]],
        [items[3]!.row.row, [2]],
      ]),
    );
  });
});
