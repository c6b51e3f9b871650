import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { changeSettings, useSettings } from '../settings/settings-store.ts';
import styles from './list-head.module.css';

const sorts = ['waiting', 'newest'] as const;

function choose(value: string): void {
  const sort = sorts.find((known) => known === value);
  if (sort !== undefined) void changeSettings({ listSort: sort });
}

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
        <Menu.RadioGroup value={current} onChange={choose}>
          {sorts.map((sort) => (
            <Menu.RadioItem key={sort} value={sort} closeMenuOnClick>
              {t(`sort.${sort}First`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
