import { ActionIcon, Button, CloseButton, Menu, TextInput, Tooltip } from '@mantine/core';
import { IconFilter, IconFolderPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { SignInStrip } from '../browsers/sign-in-strip.tsx';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import { useSettings } from '../settings/settings-store.ts';
import { useErrorText } from '../ui/error-text.ts';
import { isComposing } from '../ui/ime.ts';
import { GroupDialog, type GroupDialogState } from './group-dialog.tsx';
import { RailMenuItems } from './rail-menu.tsx';
import { buildRail, rowScope, type RailRow } from './rail-model.ts';
import { RailTree } from './rail-tree.tsx';
import { shownState, useSurroundings } from './shown-state.ts';
import { toggleOnlyWork, useStoresTrouble } from './stores-actions.ts';
import styles from './stores-rail.module.css';
import { loadStores, useStores } from './stores-store.ts';

function useRail(query: string): RailRow[] {
  const t = useT('stores');
  const { stores, groups } = useStores();
  const scope = usePanel((state) => state.scope);
  const collapsed = useSettings((state) => state.settings.collapsedSections);
  const onlyWork = useSettings((state) => state.settings.railOnlyWork);
  const keepStoreId = scope.kind === 'store' ? scope.storeId : null;
  return useMemo(
    () =>
      buildRail({
        stores,
        groups,
        collapsed,
        query,
        onlyWork,
        keepStoreId,
        platformName: (platform) => t(`platform.${platform}`),
      }),
    [stores, groups, collapsed, query, onlyWork, keepStoreId, t],
  );
}

function Head() {
  const t = useT('stores');
  const stores = useStores((state) => state.stores);
  const around = useSurroundings();
  const online = stores.filter((store) => shownState(store, around) === 'online').length;
  const total = stores.length;
  return (
    <header className={styles.head}>
      <h2 className={styles.title}>{t('rail.title')}</h2>
      <span className={styles.online}>
        {around.isKnown ? t('rail.online', { online, total }) : t('rail.notKnown')}
      </span>
    </header>
  );
}

function Trouble() {
  const errorText = useErrorText();
  const t = useT('stores');
  const { error } = useStoresTrouble();
  if (error === null) return null;
  return (
    <div role="alert" className={styles.trouble}>
      <span>{errorText(error)}</span>
      <CloseButton
        size="xs"
        aria-label={t('action.close')}
        onClick={() => useStoresTrouble.setState({ error: null })}
      />
    </div>
  );
}

/** Why there is nothing below "All stores". */
function Nothing({ searching, empty }: { readonly searching: boolean; readonly empty: boolean }) {
  const t = useT('stores');
  const { stores, loaded, error } = useStores();
  if (!loaded && error !== null) {
    return (
      <div className={styles.nothing} role="alert">
        <p>{t('rail.failed')}</p>
        <Button size="compact-sm" variant="default" onClick={() => void loadStores()}>
          {t('action.retry')}
        </Button>
      </div>
    );
  }
  if (!loaded || !empty) return null;
  const why = searching ? 'rail.noHit' : stores.length === 0 ? 'rail.none' : 'rail.noWork';
  return <p className={styles.nothing}>{t(why)}</p>;
}

interface ToolsProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onJump: () => void;
  readonly onNewGroup: () => void;
}

function Tools({ query, onQuery, onKeyDown, onJump, onNewGroup }: ToolsProps) {
  const t = useT('stores');
  const onlyWork = useSettings((state) => state.settings.railOnlyWork);
  return (
    <div className={styles.tools}>
      <TextInput
        className={styles.search}
        size="xs"
        type="search"
        placeholder={t('rail.search')}
        aria-label={t('rail.search')}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Tooltip label={t('jump.title')} position="right">
        <ActionIcon
          className={styles.jump}
          variant="subtle"
          color="gray"
          aria-label={t('jump.title')}
          onClick={onJump}
        >
          <IconSearch size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('rail.onlyWork')} position="right">
        <ActionIcon
          variant={onlyWork ? 'light' : 'subtle'}
          color={onlyWork ? 'blue' : 'gray'}
          aria-label={t('rail.onlyWork')}
          aria-pressed={onlyWork}
          onClick={toggleOnlyWork}
        >
          <IconFilter size={16} stroke={1.7} fill={onlyWork ? 'currentColor' : 'none'} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('menu.newGroup')} position="right">
        <ActionIcon variant="subtle" color="gray" aria-label={t('menu.newGroup')} onClick={onNewGroup}>
          <IconFolderPlus size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** A store's menu is long: in a low window it is moved up rather than cut off. */
const INTO_VIEW = { flip: true, shift: { crossAxis: true, padding: 6 } } as const;

/** The rail of stores: what the panel lists is chosen here. Folds to marks where the window is narrow. */
export function StoresRail({ onJump }: { readonly onJump: () => void }) {
  const t = useT('stores');
  const [query, setQuery] = useState('');
  const [menuRow, setMenuRow] = useState<RailRow | null>(null);
  const [dialog, setDialog] = useState<GroupDialogState | null>(null);
  const scope = usePanel((state) => state.scope);
  const rows = useRail(query);
  const firstHit = rows.find((row) => row.kind === 'store');

  const onSearchKey = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') setQuery('');
    if (event.key === 'Enter' && query !== '' && firstHit !== undefined) {
      usePanel.getState().setScope(rowScope(firstHit));
      setQuery('');
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      const tree = event.currentTarget
        .closest('aside')
        ?.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]');
      tree?.focus();
    }
  };

  return (
    <aside className={styles.rail} aria-label={t('rail.title')}>
      <Head />
      <Tools
        query={query}
        onQuery={setQuery}
        onKeyDown={onSearchKey}
        onJump={onJump}
        onNewGroup={() => setDialog({ kind: 'create', storeId: null })}
      />
      <Trouble />
      <Menu position="bottom-start" width={210} middlewares={INTO_VIEW}>
        <Menu.ContextMenu>
          <div className={styles.scroll}>
            <RailTree rows={rows} scope={scope} onMenu={setMenuRow} />
            <Nothing searching={query !== ''} empty={rows.length === 1} />
          </div>
        </Menu.ContextMenu>
        <Menu.Dropdown className={styles.menu}>
          <RailMenuItems row={menuRow} onDialog={setDialog} />
        </Menu.Dropdown>
      </Menu>
      <SignInStrip />
      <GroupDialog dialog={dialog} onClose={() => setDialog(null)} />
    </aside>
  );
}
