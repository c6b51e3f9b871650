import fc from 'fast-check';
import { expect, test } from 'vitest';
import { platformIds, type StoreView } from '../../contract/models.ts';
import { buildRail } from './rail-model.ts';
import { siteTotals, totalsOf } from './totals.ts';

const stores = fc
  .array(
    fc.record({
      platform: fc.constantFrom(...platformIds),
      site: fc.constantFrom('SG', 'MY', 'TH'),
      groupId: fc.constantFrom(null, 1, 2, 9),
      unread: fc.nat(50),
      needsReply: fc.nat(50),
    }),
  )
  .map((given) =>
    given.map((one, index): StoreView => ({
      id: index + 1,
      accountId: 1,
      name: `Shop ${index}`,
      connection: 'api',
      state: 'online',
      error: null,
      proxyStop: null,
      lastSyncAt: null,
      maxTextLength: 1000,
      sends: { cards: [], image: null, voucherCode: false },
      ...one,
    })),
  );
const groups = [
  { id: 1, name: 'One', position: 1 },
  { id: 2, name: 'Two', position: 2 },
];
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

test('the sections of the rail, and the sites, add up to all stores', () => {
  fc.assert(
    fc.property(stores, fc.subarray(['shopee', 'lazada', 'group:1']), (all, collapsed) => {
      const { unread, needsReply } = totalsOf(all);
      const rows = buildRail({
        stores: all,
        groups,
        collapsed,
        query: '',
        onlyWork: false,
        keepStoreId: null,
        platformName: (platform) => platform,
      });
      expect(rows.find((row) => row.kind === 'all')).toMatchObject({ unread });
      expect(sum(rows.map((row) => (row.kind === 'section' ? row.unread : 0)))).toBe(unread);
      const sites = siteTotals(all, { kind: 'all' });
      expect(sum(sites.map((site) => site.unread))).toBe(unread);
      expect(sum(sites.map((site) => site.needsReply))).toBe(needsReply);
      const inScopes = platformIds.flatMap((platform) => siteTotals(all, { kind: 'platform', platform }));
      expect(sum(inScopes.map((site) => site.needsReply))).toBe(needsReply);
    }),
  );
});
