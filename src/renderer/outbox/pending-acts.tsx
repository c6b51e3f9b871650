import { Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { testConnection } from './connection-tests.ts';
import { showInLog } from './log-store.ts';
import { actOn } from './outbox-actions.ts';
import type { PendingAct } from './pending.ts';
import styles from './acts.module.css';

/** The message to act on. */
export interface ActTarget {
  readonly messageId: number;
  readonly storeId: number;
  /** Begins to write another text for it. */
  readonly edit: () => void;
  /** Where it is shown: what is said of a tried connection stands there. */
  readonly place: string;
}

export interface ActsProps {
  readonly target: ActTarget;
  readonly acts: readonly PendingAct[];
}

function perform(act: PendingAct, { messageId, storeId, edit, place }: ActTarget): void {
  if (act === 'edit') edit();
  else if (act === 'test') void testConnection(place, storeId);
  else if (act === 'log') showInLog({ messageId, storeId });
  else void actOn(messageId, act);
}

/** What can be done, one button each. */
export function PendingActs({ target, acts }: ActsProps) {
  const t = useT('outbox');
  return (
    <span className={styles.acts}>
      {acts.map((act, index) => (
        <button
          key={act}
          type="button"
          className={styles.act}
          data-main={index === 0 ? true : undefined}
          data-act={act}
          onClick={() => perform(act, target)}
        >
          {t(`act.${act}`)}
        </button>
      ))}
    </span>
  );
}

const quietSigns: Partial<Record<PendingAct, typeof IconDots>> = { edit: IconPencil, discard: IconTrash };

/** The same as signs that hold back, for a message that needs nobody: it goes by itself. */
export function QuietActs({ target, acts }: ActsProps) {
  const t = useT('outbox');
  return (
    <span className={styles.quietActs}>
      {acts.map((act) => {
        const Sign = quietSigns[act] ?? IconDots;
        return (
          <button
            key={act}
            type="button"
            className={styles.quiet}
            aria-label={t(`act.${act}`)}
            title={t(`act.${act}`)}
            data-act={act}
            onClick={() => perform(act, target)}
          >
            <Sign size={15} stroke={1.7} aria-hidden />
          </button>
        );
      })}
    </span>
  );
}

/** The same behind one button, for what is better left alone for now. */
export function PendingActsMenu({ target, acts }: ActsProps) {
  const t = useT('outbox');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={`${styles.act} ${styles.more}`}
          aria-label={t('act.more')}
          title={t('act.more')}
        >
          <IconDots size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act} onClick={() => perform(act, target)}>
            {t(`act.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
