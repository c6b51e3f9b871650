import { Menu } from '@mantine/core';
import {
  IconFolderMinus,
  IconFolderPlus,
  IconHistory,
  IconPencil,
  IconRefresh,
  IconWorld,
} from '@tabler/icons-react';
import type { StoreView } from '../../contract/models.ts';
import { BrowserItems } from '../browsers/rail-items.tsx';
import { useT } from '../i18n/i18n.ts';
import { chooseProxyFor } from '../proxies/binding-store.ts';
import { showHistory } from '../proxies/history-store.ts';
import { useProxyLine } from '../proxies/proxy-line.ts';
import type { GroupDialogState } from './group-dialog.tsx';
import type { RailRow } from './rail-model.ts';
import { moveStore, readStoreNow } from './stores-actions.ts';
import { useStores } from './stores-store.ts';
import styles from './rail-rows.module.css';

const icon = { size: 15, stroke: 1.7 } as const;

interface RailMenuProps {
  /** The line it was opened on; null on empty ground. */
  readonly row: RailRow | null;
  readonly onDialog: (dialog: GroupDialogState) => void;
}

function StoreItems({ store, onDialog }: { readonly store: StoreView } & Pick<RailMenuProps, 'onDialog'>) {
  const t = useT('stores');
  const groups = useStores((state) => state.groups);
  const proxyLine = useProxyLine(store.id);
  return (
    <>
      <Menu.Label>{`${store.name} ${store.site}`}</Menu.Label>
      <Menu.Item leftSection={<IconRefresh {...icon} />} onClick={() => void readStoreNow(store.id)}>
        {t('menu.readNow')}
      </Menu.Item>
      <Menu.Item leftSection={<IconWorld {...icon} />} onClick={() => chooseProxyFor([store.id])}>
        {t('menu.proxy')}
        {proxyLine !== null && <span className={styles.menuNote}>{proxyLine}</span>}
      </Menu.Item>
      <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => showHistory('store', store.id)}>
        {t('menu.addresses')}
      </Menu.Item>
      <BrowserItems storeId={store.id} />
      <Menu.Divider />
      <Menu.Label>{t('menu.group')}</Menu.Label>
      <Menu.RadioGroup
        value={String(store.groupId ?? '')}
        onChange={(value) => void moveStore(store.id, value === '' ? null : Number(value))}
      >
        <Menu.RadioItem value="" closeMenuOnClick>
          {t('menu.noGroup')}
        </Menu.RadioItem>
        {groups.map((group) => (
          <Menu.RadioItem key={group.id} value={String(group.id)} closeMenuOnClick>
            {group.name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Item
        leftSection={<IconFolderPlus {...icon} />}
        onClick={() => onDialog({ kind: 'create', storeId: store.id })}
      >
        {t('menu.intoNewGroup')}
      </Menu.Item>
    </>
  );
}

/** What can be done with the line the menu was opened on. */
export function RailMenuItems({ row, onDialog }: RailMenuProps) {
  const t = useT('stores');
  if (row?.kind === 'store') return <StoreItems store={row.store} onDialog={onDialog} />;
  const group = row?.kind === 'section' && row.section.kind === 'group' ? row.section.group : null;
  return (
    <>
      {group !== null && (
        <>
          <Menu.Item
            leftSection={<IconPencil {...icon} />}
            onClick={() => onDialog({ kind: 'rename', group })}
          >
            {t('menu.rename')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFolderMinus {...icon} />}
            onClick={() => onDialog({ kind: 'delete', group })}
          >
            {t('menu.delete')}
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item
        leftSection={<IconFolderPlus {...icon} />}
        onClick={() => onDialog({ kind: 'create', storeId: null })}
      >
        {t('menu.newGroup')}
      </Menu.Item>
    </>
  );
}
