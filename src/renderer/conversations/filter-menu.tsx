import { Menu } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLanguage, useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import { useStores } from '../stores/stores-store.ts';
import { siteTotals } from '../stores/totals.ts';
import { CountBadge } from '../ui/badge.tsx';
import { siteName } from '../ui/site-name.ts';
import styles from './list-head.module.css';

function withSite(sites: readonly string[], site: string, on: boolean): readonly string[] {
  const others = sites.filter((other) => other !== site);
  return on ? [...others, site] : others;
}

/** Narrows the list to unread ones and to sites. Platform, group and store are chosen in the stores rail. */
export function FilterMenu() {
  const t = useT('conversations');
  const common = useT('common');
  const language = useLanguage();
  const unread = usePanel((state) => state.unread);
  const chosen = usePanel((state) => state.sites);
  const stores = useStores((state) => state.stores);
  const scope = usePanel((state) => state.scope);
  const sites = useMemo(() => siteTotals(stores, scope), [stores, scope]);
  const { narrow } = usePanel.getState();
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
        <Menu.CheckboxItem checked={unread} onChange={(on) => narrow({ unread: on })}>
          {t('filter.unread')}
        </Menu.CheckboxItem>
        {sites.length > 1 && <Menu.Label>{t('filter.sites')}</Menu.Label>}
        {sites.length > 1 &&
          sites.map(({ site, needsReply }) => (
            <Menu.CheckboxItem
              key={site}
              checked={chosen.includes(site)}
              onChange={(on) => narrow({ sites: withSite(chosen, site, on) })}
              rightSection={
                <CountBadge
                  of="replies"
                  count={needsReply}
                  label={common('nav.needsReply', { count: needsReply })}
                />
              }
            >
              {t('filter.site', { site, name: siteName(site, language) })}
            </Menu.CheckboxItem>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
