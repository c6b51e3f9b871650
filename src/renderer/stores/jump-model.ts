import { platformIds, type PlatformId, type StoreGroup, type StoreView } from '../../contract/models.ts';
import type { PanelScope } from '../panel/panel-store.ts';
import { score } from './fuzzy.ts';
import { searchText } from './rail-model.ts';
import { totalsOf } from './totals.ts';

/** Shown at most; more are found by typing on. */
const MOST_HITS = 50;

/** A place to jump to. */
export interface JumpHit {
  readonly key: string;
  readonly scope: PanelScope;
  readonly name: string;
  readonly store: StoreView | null;
  readonly platform: PlatformId | null;
  readonly needsReply: number;
}

interface JumpInput {
  readonly stores: readonly StoreView[];
  readonly groups: readonly StoreGroup[];
  readonly query: string;
  readonly allName: string;
  readonly platformName: (platform: PlatformId) => string;
}

function places({ stores, groups, allName, platformName }: JumpInput): { hit: JumpHit; text: string }[] {
  const wide = (key: string, scope: PanelScope, name: string, members: readonly StoreView[]) => ({
    hit: {
      key,
      scope,
      name,
      store: null,
      platform: scope.kind === 'platform' ? scope.platform : null,
      needsReply: totalsOf(members).needsReply,
    },
    text: name,
  });
  const used = platformIds.filter((platform) => stores.some((store) => store.platform === platform));
  return [
    wide('all', { kind: 'all' }, allName, stores),
    ...stores.map((store) => ({
      hit: {
        key: `store:${store.id}`,
        scope: { kind: 'store', storeId: store.id } as const,
        name: store.name,
        store,
        platform: store.platform,
        needsReply: store.needsReply,
      },
      text: searchText(store, platformName),
    })),
    ...groups.map((group) => {
      const members = stores.filter((store) => store.groupId === group.id);
      return wide(`group:${group.id}`, { kind: 'group', groupId: group.id }, group.name, members);
    }),
    ...used.map((platform) => {
      const members = stores.filter((store) => store.platform === platform);
      return wide(platform, { kind: 'platform', platform }, platformName(platform), members);
    }),
  ];
}

/** Where a typed text may lead, best first; without text the stores with most to answer come first. */
export function findPlaces(input: JumpInput): JumpHit[] {
  if (input.query.trim() === '') {
    const [all, ...rest] = places(input).map(({ hit }) => hit);
    const byWork = rest.sort((a, b) => b.needsReply - a.needsReply);
    return [...(all === undefined ? [] : [all]), ...byWork].slice(0, MOST_HITS);
  }
  return places(input)
    .map(({ hit, text }) => ({ hit, points: score(input.query, text) }))
    .filter((found): found is { hit: JumpHit; points: number } => found.points !== null)
    .sort((a, b) => b.points - a.points || b.hit.needsReply - a.hit.needsReply)
    .map(({ hit }) => hit)
    .slice(0, MOST_HITS);
}
