import { expect, it } from 'vitest';
import { sampleBrowser } from '../../testing/sample-browsers.ts';
import { sampleStore } from '../../testing/sample-proxies.ts';
import { couldShare, sharers, stillOpen } from './sharing.ts';

const stores = [
  sampleStore({ id: 1, name: 'Hive' }),
  sampleStore({ id: 2, name: 'Hive', site: 'TH' }),
  sampleStore({ id: 3, name: 'Hive', site: 'MY' }),
  sampleStore({ id: 4, name: 'Another' }),
  sampleStore({ id: 5, platform: 'lazada' }),
];
const views = [
  sampleBrowser({ accountId: 1, storeIds: [1, 2], state: 'opening' }),
  sampleBrowser({ accountId: 3, storeIds: [3], state: 'open' }),
  sampleBrowser({ accountId: 4, storeIds: [4], state: 'asleep' }),
  sampleBrowser({ accountId: 5, storeIds: [5] }),
];
const byStore = new Map(views.flatMap((view) => view.storeIds.map((id) => [id, view] as const)));

it('offers stores of the same platform that do not share yet, by name', () => {
  expect(couldShare(2, stores, byStore).map(({ id }) => id)).toEqual([4, 3]);
  expect(couldShare(9, stores, byStore)).toEqual([]);
});

it('puts the store first whose proxy is kept, then who shares already', () => {
  expect(sharers(2, [3, 4], byStore)).toEqual([2, 1, 3, 4]);
});

it('names one store of each browser that has to be closed first', () => {
  expect(stillOpen([2, 1, 3, 4], byStore)).toEqual([2, 3]);
});
