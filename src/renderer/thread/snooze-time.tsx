import { Modal } from '@mantine/core';
import { useState } from 'react';
import { clock } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { fromFieldTime, toFieldTime } from '../panel/snooze.ts';
import styles from './thread-head.module.css';

function TimeForm({ onPick }: { readonly onPick: (until: number) => void }) {
  const t = useT('thread');
  const [text, setText] = useState(() => toFieldTime(clock.now() + 3_600_000));
  const until = fromFieldTime(text, clock.now());
  return (
    <form
      className={styles.pick}
      onSubmit={(event) => {
        event.preventDefault();
        if (until !== null) onPick(until);
      }}
    >
      <input
        type="datetime-local"
        className={styles.pickField}
        aria-label={t('snooze.pick')}
        data-autofocus
        value={text}
        min={toFieldTime(clock.now())}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" className={styles.pickButton} disabled={until === null}>
        {t('snooze.set')}
      </button>
    </form>
  );
}

interface SnoozeTimeProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A time in the future, UTC milliseconds. */
  readonly onPick: (until: number) => void;
}

/** Asks until when to snooze. A dialog: a field has no place in a menu. */
export function SnoozeTime({ opened, onClose, onPick }: SnoozeTimeProps) {
  const t = useT('thread');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xs"
      title={t('snooze.pick')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <TimeForm onPick={onPick} />
    </Modal>
  );
}
