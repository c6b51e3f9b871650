import { IconChevronDown, IconDots } from '@tabler/icons-react';
import { memo, type MouseEvent, type ReactNode } from 'react';
import type { StoreView } from '../../contract/models.ts';
import { BrowserDot, SignInMark } from '../browsers/sign-in-mark.tsx';
import { useStoreBrowserLines } from '../browsers/sign-in-words.ts';
import { useT } from '../i18n/i18n.ts';
import { NoProxyMark, useLeavesBy } from '../proxies/no-proxy-mark.tsx';
import { CountBadge } from '../ui/badge.tsx';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import type { RailRow, Section } from './rail-model.ts';
import styles from './rail-rows.module.css';
import { useShownState } from './shown-state.ts';
import { StoreStateMark, useStoreStateWord } from './store-state.tsx';

/** What every line of the tree needs to know of its place. */
export interface RowProps {
  readonly rowKey: string;
  readonly selected: boolean;
  /** The one line of the tree that Tab reaches. */
  readonly current: boolean;
  /** A dragged store would be dropped here. */
  readonly over: boolean;
}

function treeItem({ rowKey, selected, current, over }: RowProps) {
  return {
    role: 'treeitem',
    'data-key': rowKey,
    'data-drop': over,
    'aria-selected': selected,
    tabIndex: current ? 0 : -1,
  } as const;
}

/** Opens the line's context menu, for those who look for a button; by keyboard the menu key does. */
function MoreButton() {
  const t = useT('stores');
  const open = (event: MouseEvent<HTMLElement>): void => {
    event.stopPropagation();
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    const init = { bubbles: true, cancelable: true, clientX: left, clientY: bottom };
    event.currentTarget.dispatchEvent(new window.MouseEvent('contextmenu', init));
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      className={styles.more}
      title={t('menu.open')}
      onClick={open}
    >
      <IconDots size={15} stroke={1.8} />
    </button>
  );
}

/** The line for everything. */
export function AllRow(props: RowProps & { readonly unread: number }) {
  const t = useT('stores');
  return (
    <div {...treeItem(props)} aria-level={1} className={`${styles.row} ${styles.all}`}>
      <span className={styles.name}>{t('rail.all')}</span>
      <span className={styles.short} aria-hidden>
        {t('rail.allShort')}
      </span>
      <CountBadge count={props.unread} label={t('rail.unread', { count: props.unread })} />
    </div>
  );
}

function useSectionName(section: Section): string {
  const t = useT('stores');
  return section.kind === 'group' ? section.group.name : t(`platform.${section.platform}`);
}

/** The heading of a group or platform. */
export const SectionRow = memo(function SectionRow(
  props: RowProps & { readonly row: Extract<RailRow, { kind: 'section' }> },
) {
  const t = useT('stores');
  const { section, collapsed, count, unread } = props.row;
  const name = useSectionName(section);
  const hint = section.kind === 'platform' ? t('rail.platformHint', { name }) : name;
  return (
    <div
      {...treeItem(props)}
      aria-level={1}
      aria-expanded={!collapsed}
      className={`${styles.row} ${styles.section}`}
      title={hint}
    >
      <span className={styles.sectionName}>{name}</span>
      <MoreButton />
      {collapsed && <CountBadge count={unread} label={t('rail.unread', { count: unread })} />}
      <span className={styles.count} aria-hidden>
        {count}
      </span>
      <span className="visually-hidden">{t('rail.storeCount', { count })}</span>
      <span className={styles.chevron} data-toggle aria-hidden>
        <IconChevronDown size={13} stroke={2} />
      </span>
    </div>
  );
});

/** A store. */
export const StoreRow = memo(function StoreRow(props: RowProps & { readonly store: StoreView }): ReactNode {
  const t = useT('stores');
  const stateWord = useStoreStateWord();
  const { store } = props;
  const state = useShownState(store);
  const leavesBy = useLeavesBy(store.id);
  const browserLines = useStoreBrowserLines(store.id);
  const unread = t('rail.unread', { count: store.unread });
  const platform = t(`platform.${store.platform}`);
  return (
    <div
      {...treeItem(props)}
      aria-level={2}
      className={styles.row}
      data-platform={store.platform}
      data-new={store.unread > 0}
      data-well={state === 'online'}
      title={[
        `${store.name} ${store.site} · ${platform} · ${stateWord(state)}`,
        ...leavesBy,
        ...browserLines,
      ].join('\n')}
      draggable
    >
      <PlatformMark platform={store.platform} />
      <NoProxyMark storeId={store.id} corner />
      <BrowserDot storeId={store.id} />
      <span className={styles.name}>{store.name}</span>
      <MoreButton />
      <SignInMark storeId={store.id} />
      <SiteTag site={store.site} />
      <CountBadge count={store.unread} label={unread} />
      <StoreStateMark state={state} />
    </div>
  );
});
