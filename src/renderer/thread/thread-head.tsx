import { IconCheck, IconClock, IconMailOpened, IconMail, IconRotate } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ConversationRow } from '../../contract/models.ts';
import { SnoozedUntil } from '../conversations/row-times.tsx';
import { useT } from '../i18n/i18n.ts';
import { markUnread, reopen, toggleDone } from '../panel/actions.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import type { ConversationTranslation } from '../translation/conversation-translation.ts';
import { TranslationMenu } from '../translation/mode-menu.tsx';
import { RestoredNote } from './restored-note.tsx';
import { SnoozeMenu } from './snooze-menu.tsx';
import { StoreChip } from './store-chip.tsx';
import styles from './thread-head.module.css';

interface ToolProps {
  readonly name: string;
  readonly letter: string;
  readonly sign: ReactNode;
  readonly act: () => void;
  readonly on?: boolean;
}

function Tool({ name, letter, sign, act, on = false }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={name}
      aria-keyshortcuts={letter}
      title={`${name} (${letter})`}
      data-on={on}
      onClick={act}
    >
      {sign}
    </button>
  );
}

/** Above the thread: who writes, to which store, where the work stands, and what can be done with it. */
export function ThreadHead({
  row,
  translation,
}: {
  readonly row: ConversationRow;
  readonly translation: ConversationTranslation;
}) {
  const t = useT('thread');
  const done = row.state === 'done';
  const buyer = useBuyerName()(row.buyerName);
  return (
    <header className={styles.head}>
      <h2 className={styles.buyer} title={buyer} data-testid="thread-buyer">
        <bdi>{buyer}</bdi>
      </h2>
      <StoreChip row={row} />
      <span className={styles.state} data-testid="thread-state" data-state={row.state}>
        {t(`state.${row.state}`)}
        {row.state === 'snoozed' && <SnoozedUntil until={row.snoozedUntil} />}
      </span>
      <RestoredNote />
      <div className={styles.tools} role="group" aria-label={t('tools')}>
        <Tool
          name={done ? t('tool.reopen') : t('tool.done')}
          letter="E"
          on={done}
          sign={done ? <IconRotate size={17} /> : <IconCheck size={17} />}
          act={() => void toggleDone()}
        />
        {row.state === 'snoozed' ? (
          <Tool
            name={t('tool.wake')}
            letter="Z"
            on
            sign={<IconClock size={17} />}
            act={() => void reopen()}
          />
        ) : (
          <SnoozeMenu />
        )}
        <TranslationMenu row={row} translation={translation} />
        <Tool
          name={t('tool.unread')}
          letter="U"
          on={row.unread > 0}
          sign={row.unread > 0 ? <IconMail size={17} /> : <IconMailOpened size={17} />}
          act={() => void markUnread()}
        />
      </div>
    </header>
  );
}
