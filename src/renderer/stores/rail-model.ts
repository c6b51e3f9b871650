import { platformIds, type PlatformId, type StoreGroup, type StoreView } from '../../contract/models.ts';
import type { PanelScope } from '../panel/panel-store.ts';
import { fold } from './fuzzy.ts';
import { totalsOf } from './totals.ts';

/** A heading of the rail: one of the seller's groups, or a platform. */
export type Section =
  | { readonly kind: 'platform'; readonly platform: PlatformId }
  | { readonly kind: 'group'; readonly group: StoreGroup };

/** One line of the rail, top to bottom. `key` is unique and stable. */
export type RailRow =
  | { readonly kind: 'all'; readonly key: 'all'; readonly unread: number }
  | {
      readonly kind: 'section';
      readonly key: string;
      readonly section: Section;
      readonly count: number;
      readonly unread: number;
      readonly collapsed: boolean;
    }
  | { readonly kind: 'store'; readonly key: string; readonly store: StoreView; readonly sectionKey: string };

export interface RailInput {
  readonly stores: readonly StoreView[];
  readonly groups: readonly StoreGroup[];
  readonly collapsed: readonly string[];
  readonly query: string;
  readonly onlyWork: boolean;
  /** This store is shown whatever the filters say: it is the one being worked on. */
  readonly keepStoreId: number | null;
  readonly platformName: (platform: PlatformId) => string;
}

/** As kept in the setting `collapsedSections`. */
export function sectionKey(section: Section): string {
  return section.kind === 'platform' ? section.platform : `group:${section.group.id}`;
}

/** The panel's scope that a line stands for. */
export function rowScope(row: RailRow): PanelScope {
  if (row.kind === 'all') return { kind: 'all' };
  if (row.kind === 'store') return { kind: 'store', storeId: row.store.id };
  return row.section.kind === 'platform'
    ? { kind: 'platform', platform: row.section.platform }
    : { kind: 'group', groupId: row.section.group.id };
}

/** A store that somebody must look at: something to answer, or it can't go on by itself. */
export function hasWork(store: StoreView): boolean {
  const isStuck = store.state === 'sign-in' || store.state === 'error' || store.proxyStop !== null;
  return store.needsReply > 0 || store.unread > 0 || isStuck;
}

/** What a store is found by: its name, site and platform. */
export function searchText(store: StoreView, platformName: (platform: PlatformId) => string): string {
  return `${store.name} ${store.site} ${platformName(store.platform)}`;
}

const names = new Intl.Collator(undefined, { numeric: true });

const byNameAndSite = (a: StoreView, b: StoreView): number =>
  names.compare(a.name, b.name) || a.site.localeCompare(b.site) || a.id - b.id;

function keepFilter(input: RailInput): (store: StoreView) => boolean {
  const words = fold(input.query).split(/\s+/).filter(Boolean);
  return (store) => {
    if (words.length > 0) {
      const text = fold(searchText(store, input.platformName));
      return words.every((word) => text.includes(word));
    }
    return !input.onlyWork || hasWork(store) || store.id === input.keepStoreId;
  };
}

/** The rail's lines: all stores, the seller's groups in their order, then what is left by platform. */
export function buildRail(input: RailInput): RailRow[] {
  const known = new Set(input.groups.map((group) => group.id));
  const shown = input.stores.filter(keepFilter(input)).sort(byNameAndSite);
  const isIn = (section: Section, store: StoreView): boolean =>
    section.kind === 'group'
      ? store.groupId === section.group.id
      : store.platform === section.platform && (store.groupId === null || !known.has(store.groupId));

  const groups = [...input.groups].sort((a, b) => a.position - b.position || a.id - b.id);
  const sections: Section[] = [
    ...groups.map((group) => ({ kind: 'group', group }) as const),
    ...platformIds.map((platform) => ({ kind: 'platform', platform }) as const),
  ];
  const narrowed = input.query.trim() !== '' || input.onlyWork;

  const rows: RailRow[] = [{ kind: 'all', key: 'all', unread: totalsOf(input.stores).unread }];
  for (const section of sections) {
    const members = shown.filter((store) => isIn(section, store));
    // An empty group stays, so that stores can be moved into it.
    if (members.length === 0 && (narrowed || section.kind === 'platform')) continue;
    const key = sectionKey(section);
    const collapsed = input.query.trim() === '' && input.collapsed.includes(key);
    rows.push({
      kind: 'section',
      key,
      section,
      count: members.length,
      unread: totalsOf(members).unread,
      collapsed,
    });
    if (collapsed) continue;
    for (const store of members) {
      rows.push({ kind: 'store', key: `store:${store.id}`, store, sectionKey: key });
    }
  }
  return rows;
}
