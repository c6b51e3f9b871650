import { Menu } from '@mantine/core';
import {
  IconArrowsExchange,
  IconBuildingStore,
  IconCalendarPlus,
  IconHistory,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnected,
  IconTrash,
} from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { changeProxies } from './bind.ts';
import { askAbout, editProxy } from './board-store.ts';
import { startChecks } from './checks-store.ts';
import { nameOf } from './condition.ts';
import { showHistory } from './history-store.ts';
import { useProxies } from './proxies-store.ts';

const icon = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;

/** What can be done with one proxy. */
export function ProxyMenuItems({ proxyId }: { readonly proxyId: number | null }) {
  const t = useT('proxies');
  const proxy = useProxies((state) => (proxyId === null ? undefined : state.byId.get(proxyId)));
  if (proxy === undefined) return <Menu.Label>{t('act.noProxy')}</Menu.Label>;
  const { id, state, storeIds } = proxy;
  const isOff = state === 'disabled';
  const turn = (): void => {
    if (!isOff && storeIds.length > 0) askAbout('disable', [id]);
    else void changeProxies([id], { disabled: !isOff });
  };
  return (
    <>
      <Menu.Label>{displayText(nameOf(proxy))}</Menu.Label>
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => editProxy(id)}>
        {t('act.edit')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPlugConnected {...icon} />} onClick={() => void startChecks([id])}>
        {t('act.check')}
      </Menu.Item>
      <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => showHistory('proxy', id)}>
        {t('act.history')}
      </Menu.Item>
      <Menu.Item leftSection={<IconBuildingStore {...icon} />} onClick={() => askAbout('assign', [id])}>
        {t('act.assign')}
      </Menu.Item>
      {storeIds.length > 0 && (
        <Menu.Item leftSection={<IconArrowsExchange {...icon} />} onClick={() => askAbout('replace', [id])}>
          {t('act.replace')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconCalendarPlus {...icon} />} onClick={() => askAbout('renew', [id])}>
        {t('act.renew')}
      </Menu.Item>
      <Menu.Item
        leftSection={isOff ? <IconPlayerPlay {...icon} /> : <IconPlayerPause {...icon} />}
        onClick={turn}
      >
        {t(isOff ? 'act.enable' : 'act.disable')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconTrash {...icon} />} onClick={() => askAbout('remove', [id])}>
        {t('act.remove')}
      </Menu.Item>
    </>
  );
}
