import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoreView } from '../../contract/models.ts';
import { panelSnapshotSchema } from '../../contract/snapshots.ts';
import { listViews, type PanelScope } from './place.ts';
import { placeOf, snapshotOf, stillThere } from './snapshot-place.ts';

const scopes = fc.oneof(
  fc.constant<PanelScope>({ kind: 'all' }),
  fc.constant<PanelScope>({ kind: 'platform', platform: 'lazada' }),
  fc.integer({ min: 1, max: 99 }).map((groupId): PanelScope => ({ kind: 'group', groupId })),
  fc.integer({ min: 1, max: 99 }).map((storeId): PanelScope => ({ kind: 'store', storeId })),
);

it('what the panel shows comes back as it was', () => {
  const places = fc.record({
    scope: scopes,
    view: fc.constantFrom(...listViews),
    selectedId: fc.option(fc.integer({ min: 1, max: 99 }), { nil: null }),
    unread: fc.boolean(),
    sites: fc.subarray(['SG', 'MY', 'VN']),
    keyword: fc.constantFrom('', 'kaki meja', '书架'),
  });
  fc.assert(
    fc.property(places, (place) => {
      const stored: unknown = JSON.parse(JSON.stringify(snapshotOf(place, null, null)));
      expect(placeOf(panelSnapshotSchema.parse(stored))).toEqual(place);
    }),
  );
});

describe('what is gone', () => {
  const store = { id: 3, platform: 'shopee', site: 'SG' } as StoreView;
  const there = (scope: PanelScope, sites: readonly string[] = []) =>
    stillThere({ scope, sites }, [store], [{ id: 5, name: 'Mornings', position: 0 }]);

  it('gives way to all stores, and what is there stays', () => {
    expect(there({ kind: 'store', storeId: 4 }).scope).toEqual({ kind: 'all' });
    expect(there({ kind: 'group', groupId: 6 }).scope).toEqual({ kind: 'all' });
    expect(there({ kind: 'platform', platform: 'tiktok' }).scope).toEqual({ kind: 'all' });
    for (const scope of [
      { kind: 'store', storeId: 3 },
      { kind: 'group', groupId: 5 },
      { kind: 'platform', platform: 'shopee' },
    ] as const)
      expect(there(scope).scope).toBe(scope);
  });

  it('drops sites nobody sells on', () => {
    expect(there({ kind: 'all' }, ['SG', 'MY']).sites).toEqual(['SG']);
    const sites = ['SG'];
    expect(there({ kind: 'all' }, sites).sites).toBe(sites);
  });
});
