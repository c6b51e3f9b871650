import { describe, expect, it } from 'vitest';
import type { StoreView } from '../../contract/models.ts';
import { buildRail, type RailInput } from './rail-model.ts';

let nextId = 1;
function store(given: Partial<StoreView>): StoreView {
  return {
    id: nextId++,
    accountId: 1,
    platform: 'shopee',
    site: 'SG',
    name: 'Nusa Living',
    connection: 'api',
    groupId: null,
    state: 'online',
    error: null,
    proxyStop: null,
    lastSyncAt: null,
    unread: 0,
    needsReply: 0,
    maxTextLength: 1000,
    sends: { cards: [], image: null, voucherCode: false },
    ...given,
  };
}

const names = { shopee: 'Shopee', lazada: 'Lazada', tiktok: 'TikTok Shop' };

function rail(given: Partial<RailInput>): string[] {
  const rows = buildRail({
    stores: [],
    groups: [],
    collapsed: [],
    query: '',
    onlyWork: false,
    keepStoreId: null,
    platformName: (platform) => names[platform],
    ...given,
  });
  return rows.map((row) => {
    if (row.kind === 'all') return `all ${row.unread}`;
    if (row.kind === 'store') return `- ${row.store.name} ${row.store.site}`;
    const name = row.section.kind === 'group' ? row.section.group.name : names[row.section.platform];
    return `${name} ${row.count}/${row.unread}${row.collapsed ? ' folded' : ''}`;
  });
}

const stores = [
  store({ name: 'Nusa Living', site: 'MY', unread: 2, needsReply: 2 }),
  store({ name: 'Baan Craft', site: 'TH' }),
  store({ name: 'Hive Audio', site: 'VN', platform: 'lazada', unread: 1, needsReply: 1 }),
  store({ name: 'Nusa Living', site: 'ID', groupId: 7, platform: 'tiktok' }),
];
const groups = [{ id: 7, name: 'Mine', position: 1 }];

describe('the stores rail', () => {
  it('shows groups first, then the other stores by platform, each by name and site', () => {
    expect(rail({ stores, groups })).toEqual([
      'all 3',
      'Mine 1/0',
      '- Nusa Living ID',
      'Shopee 2/2',
      '- Baan Craft TH',
      '- Nusa Living MY',
      'Lazada 1/1',
      '- Hive Audio VN',
    ]);
  });

  it('folds sections away, but not while searching', () => {
    const collapsed = ['shopee', 'group:7'];
    expect(rail({ stores, groups, collapsed })).toEqual([
      'all 3',
      'Mine 1/0 folded',
      'Shopee 2/2 folded',
      'Lazada 1/1',
      '- Hive Audio VN',
    ]);
    expect(rail({ stores, groups, collapsed, query: 'tiktok nusa' })).toEqual([
      'all 3',
      'Mine 1/0',
      '- Nusa Living ID',
    ]);
  });

  it('leaves only stores with work, and the one being worked on', () => {
    const kept = stores[1]?.id ?? null;
    expect(rail({ stores, onlyWork: true, keepStoreId: kept })).toEqual([
      'all 3',
      'Shopee 2/2',
      '- Baan Craft TH',
      '- Nusa Living MY',
      'Lazada 1/1',
      '- Hive Audio VN',
    ]);
  });

  it('counts a store that must be signed in again as work', () => {
    expect(rail({ stores: [store({ state: 'sign-in' })], onlyWork: true })).toContain('- Nusa Living SG');
  });

  it('shows a store of a group it does not know under its platform, and an empty group', () => {
    expect(rail({ stores: [store({ groupId: 99 })], groups })).toEqual([
      'all 0',
      'Mine 0/0',
      'Shopee 1/0',
      '- Nusa Living SG',
    ]);
  });
});
