import type { PlatformId } from '../../contract/models.ts';

/** Which stores the panel shows, as chosen in the stores rail. */
export type PanelScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'platform'; readonly platform: PlatformId }
  | { readonly kind: 'group'; readonly groupId: number }
  | { readonly kind: 'store'; readonly storeId: number };

/** Whether two scopes are the same choice. */
export function sameScope(one: PanelScope, other: PanelScope): boolean {
  return scopeKey(one) === scopeKey(other);
}

/** A scope as short text, e.g. for a React key. */
export function scopeKey(scope: PanelScope): string {
  switch (scope.kind) {
    case 'all':
      return 'all';
    case 'platform':
      return `platform:${scope.platform}`;
    case 'group':
      return `group:${scope.groupId}`;
    case 'store':
      return `store:${scope.storeId}`;
  }
}

/** The views of the conversation list: a state, all of them, or those with failed or unconfirmed messages. */
export const listViews = ['needs-reply', 'all', 'waiting', 'snoozed', 'done', 'trouble'] as const;
export type ListView = (typeof listViews)[number];

/** Where the person is in the panel. */
export interface PanelPlace {
  readonly scope: PanelScope;
  readonly view: ListView;
  readonly selectedId: number | null;
}
