import { Menu } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { create } from 'zustand';
import { clock } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { snooze } from '../panel/actions.ts';
import { snoozeChoices } from '../panel/snooze.ts';
import { SnoozeTime } from './snooze-time.tsx';
import styles from './thread-head.module.css';

/** Whether the snooze menu is open: its key opens it from anywhere in the panel. */
export const useSnoozeMenu = create<{ readonly open: boolean }>(() => ({ open: false }));
const setOpen = (open: boolean): void => useSnoozeMenu.setState({ open });

function snoozeAndClose(until: number): void {
  setOpen(false);
  void snooze(until);
}

/** Puts the conversation off: an hour, three hours, tomorrow morning, or a time of one's own choice. */
export function SnoozeMenu() {
  const t = useT('thread');
  const format = useFormat();
  const open = useSnoozeMenu((state) => state.open);
  const now = clock.now();
  const [picking, setPicking] = useState(false);
  const pick = (until: number): void => {
    setPicking(false);
    void snooze(until);
  };
  return (
    <>
      <Menu opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={300} withinPortal>
        <Menu.Target>
          <button
            type="button"
            className={styles.tool}
            aria-label={t('tool.snooze')}
            aria-keyshortcuts="Z"
            title={`${t('tool.snooze')} (Z)`}
          >
            <IconClock size={17} />
          </button>
        </Menu.Target>
        <Menu.Dropdown data-testid="snooze-menu">
          {snoozeChoices(now).map(({ key, until }) => (
            <Menu.Item
              key={key}
              rightSection={<span className={styles.choiceTime}>{format.clock(until)}</span>}
              onClick={() => snoozeAndClose(until)}
            >
              {t(`snooze.${key}`)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => setPicking(true)}>{t('snooze.pick')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SnoozeTime opened={picking} onClose={() => setPicking(false)} onPick={pick} />
    </>
  );
}
