import { Menu } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { create } from 'zustand';
import { clock } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { snooze } from '../panel/actions.ts';
import { fromFieldTime, snoozeChoices, toFieldTime } from '../panel/snooze.ts';
import { isComposing } from '../ui/ime.ts';
import styles from './thread-head.module.css';

/** Whether the snooze menu is open: its key opens it from anywhere in the panel. */
export const useSnoozeMenu = create<{ readonly open: boolean }>(() => ({ open: false }));
const setOpen = (open: boolean): void => useSnoozeMenu.setState({ open });

function snoozeAndClose(until: number): void {
  setOpen(false);
  void snooze(until);
}

/** A time of one's own choice. */
function PickTime({ now }: { readonly now: number }) {
  const t = useT('thread');
  const [text, setText] = useState(() => toFieldTime(now + 3_600_000));
  const until = fromFieldTime(text, clock.now());
  return (
    <form
      className={styles.pick}
      onSubmit={(event) => {
        event.preventDefault();
        if (until !== null) snoozeAndClose(until);
      }}
      onKeyDown={(event) => {
        // The menu takes arrow keys and letters for itself; the field needs them.
        if (isComposing(event) || event.key !== 'Escape') event.stopPropagation();
      }}
    >
      <input
        type="datetime-local"
        className={styles.pickField}
        aria-label={t('snooze.pick')}
        value={text}
        min={toFieldTime(now)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" className={styles.pickButton} disabled={until === null}>
        {t('snooze.set')}
      </button>
    </form>
  );
}

/** Puts the conversation off: an hour, three hours, tomorrow morning, or a time of one's own choice. */
export function SnoozeMenu() {
  const t = useT('thread');
  const format = useFormat();
  const open = useSnoozeMenu((state) => state.open);
  const now = clock.now();
  return (
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
        <Menu.Label>{t('snooze.pick')}</Menu.Label>
        <PickTime now={now} />
      </Menu.Dropdown>
    </Menu>
  );
}
