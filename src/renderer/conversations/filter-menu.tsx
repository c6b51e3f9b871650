import { Menu } from '@mantine/core';
import { IconCheck, IconFilter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import { useStores } from '../stores/stores-store.ts';
import { siteName } from './site-name.ts';
import { useLanguage } from '../i18n/i18n.ts';
import styles from './list-head.module.css';

function Choice({
  name,
  on,
  toggle,
}: {
  readonly name: string;
  readonly on: boolean;
  readonly toggle: () => void;
}) {
  return (
    <Menu.Item
      role="menuitemcheckbox"
      aria-checked={on}
      closeMenuOnClick={false}
      rightSection={on ? <IconCheck size={14} aria-hidden /> : null}
      onClick={toggle}
    >
      {name}
    </Menu.Item>
  );
}

/** Narrows the list to unread ones and to sites. Platform, group and store are chosen in the stores rail. */
export function FilterMenu() {
  const t = useT('conversations');
  const language = useLanguage();
  const unread = usePanel((state) => state.unread);
  const chosen = usePanel((state) => state.sites);
  const stores = useStores((state) => state.stores);
  const sites = useMemo(() => [...new Set(stores.map((store) => store.site))].sort(), [stores]);
  const { narrow } = usePanel.getState();
  const toggleSite = (site: string): void =>
    narrow({ sites: chosen.includes(site) ? chosen.filter((other) => other !== site) : [...chosen, site] });
  const active = unread || chosen.length > 0;
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <button type="button" className={styles.tool} data-active={active} data-testid="filter-menu">
          <IconFilter size={14} aria-hidden />
          {t('filter.label')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Choice name={t('filter.unread')} on={unread} toggle={() => narrow({ unread: !unread })} />
        {sites.length > 1 && <Menu.Label>{t('filter.sites')}</Menu.Label>}
        {sites.length > 1 &&
          sites.map((site) => (
            <Choice
              key={site}
              name={t('filter.site', { site, name: siteName(site, language) })}
              on={chosen.includes(site)}
              toggle={() => toggleSite(site)}
            />
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
