import { Menu } from '@mantine/core';
import {
  IconBrowser,
  IconBrowserX,
  IconDownload,
  IconEraser,
  IconShieldSearch,
  IconUserCheck,
  IconUsers,
  IconUsersMinus,
} from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { checkSignIn, closeBrowser, openBrowser } from './browsers-actions.ts';
import { useBrowsers } from './browsers-store.ts';
import { askAbout } from './questions-store.ts';

const icon = { size: 15, stroke: 1.7 } as const;

/** What a store's menu offers about its browser; nothing while nothing is known of it. */
export function BrowserItems({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const view = useBrowsers((state) => state.byStore.get(storeId));
  if (view === undefined) return null;
  const isOpen = view.state !== 'closed';
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t('menu.label')}</Menu.Label>
      <Menu.Item leftSection={<IconBrowser {...icon} />} onClick={() => void openBrowser(storeId)}>
        {t('menu.open')}
      </Menu.Item>
      {isOpen && (
        <Menu.Item leftSection={<IconBrowserX {...icon} />} onClick={() => void closeBrowser(storeId)}>
          {t('menu.close')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconUserCheck {...icon} />}
        disabled={!view.hasSession && !isOpen}
        onClick={() => void checkSignIn(storeId)}
      >
        {t('menu.check')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconDownload {...icon} />}
        onClick={() => askAbout({ kind: 'downloads', storeId })}
      >
        {t('menu.downloads')}
      </Menu.Item>
      <Menu.Item leftSection={<IconUsers {...icon} />} onClick={() => askAbout({ kind: 'share', storeId })}>
        {t('menu.share')}
      </Menu.Item>
      {view.storeIds.length > 1 && (
        <Menu.Item
          leftSection={<IconUsersMinus {...icon} />}
          onClick={() => askAbout({ kind: 'separate', storeId })}
        >
          {t('menu.separate')}
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconEraser {...icon} />}
        disabled={!view.hasSession && !isOpen}
        onClick={() => askAbout({ kind: 'clear', storeId })}
      >
        {t('menu.clear')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconShieldSearch {...icon} />}
        onClick={() => askAbout({ kind: 'isolation', storeId })}
      >
        {t('menu.isolation')}
      </Menu.Item>
    </>
  );
}
