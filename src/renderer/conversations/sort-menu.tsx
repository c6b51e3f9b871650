import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { changeSettings, useSettings } from '../settings/settings-store.ts';
import styles from './list-head.module.css';

const sorts = ['waiting', 'newest'] as const;

/** Longest waiting first, or newest first; remembered as a setting. */
export function SortMenu() {
  const t = useT('conversations');
  const current = useSettings((state) => state.settings.listSort);
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={styles.tool}
          aria-label={t('sort.label', { name: t(`sort.${current}`) })}
        >
          {t(`sort.${current}`)}
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((sort) => (
          <Menu.Item
            key={sort}
            role="menuitemradio"
            aria-checked={sort === current}
            rightSection={sort === current ? <IconCheck size={14} aria-hidden /> : null}
            onClick={() => void changeSettings({ listSort: sort })}
          >
            {t(`sort.${sort}First`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
