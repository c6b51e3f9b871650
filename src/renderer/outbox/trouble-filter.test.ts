import { describe, expect, it } from 'vitest';
import type { TroubleItem } from '../../contract/outbox.ts';
import { countTrouble, filterTrouble, troubleStores, type TroubleKind } from './trouble-filter.ts';

const item = (messageId: number, storeId: number, phase: TroubleKind): TroubleItem => ({
  messageId,
  conversationId: messageId,
  storeId,
  storeName: `Store ${storeId}`,
  site: 'SG',
  platform: 'shopee',
  buyerName: 'buyer',
  kind: 'text',
  text: 'text',
  at: messageId,
  error: null,
  pending: {
    phase,
    hold: phase === 'held' ? 'waited' : null,
    since: 0,
    attempts: 1,
    triedAt: 0,
    nextAt: null,
    behindId: null,
    skipped: false,
    readError: null,
  },
  waiting: 0,
});

const items = [item(1, 2, 'failed'), item(2, 1, 'held'), item(3, 1, 'failed'), item(4, 2, 'unconfirmed')];
const ids = (found: readonly TroubleItem[]): number[] => found.map(({ messageId }) => messageId);

describe('the outbox filter', () => {
  it('narrows by store and by kind, keeping the order', () => {
    expect(ids(filterTrouble(items, { storeId: null, kind: null }))).toEqual([1, 2, 3, 4]);
    expect(ids(filterTrouble(items, { storeId: 1, kind: null }))).toEqual([2, 3]);
    expect(ids(filterTrouble(items, { storeId: null, kind: 'failed' }))).toEqual([1, 3]);
    expect(ids(filterTrouble(items, { storeId: 2, kind: 'held' }))).toEqual([]);
  });

  it('counts each kind, of all stores or of one', () => {
    expect(countTrouble(items, null)).toEqual({ all: 4, failed: 2, held: 1, unconfirmed: 1 });
    expect(countTrouble(items, 1)).toEqual({ all: 2, failed: 1, held: 1, unconfirmed: 0 });
  });

  it('lists stores by name, the chosen one even when it has nothing left', () => {
    expect(troubleStores(items, null).map(({ id, count }) => [id, count])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(
      troubleStores(items, { id: 9, name: 'Adieu', site: 'MY' }).map(({ id, count }) => [id, count]),
    ).toEqual([
      [9, 0],
      [1, 2],
      [2, 2],
    ]);
  });
});
