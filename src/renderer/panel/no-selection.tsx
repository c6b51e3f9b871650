import { IconMessages } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { EmptyState } from '../ui/states.tsx';
import { Kbd } from '../ui/kbd.tsx';
import styles from './panel.module.css';

const keys = [
  { keys: ['J', 'K'], text: 'step' },
  { keys: ['R'], text: 'reply' },
  { keys: ['E'], text: 'done' },
  { keys: ['Z'], text: 'snooze' },
  { keys: ['/'], text: 'search' },
] as const;

/** No conversation is open: how to get to one. */
export function NoSelection() {
  const t = useT('panel');
  return (
    <EmptyState
      icon={<IconMessages size={28} stroke={1.5} />}
      title={t('none.title')}
      text={t('none.text')}
      action={
        <dl className={styles.keys}>
          {keys.map((line) => (
            <div key={line.text} style={{ display: 'contents' }}>
              <dt>
                <Kbd keys={line.keys} />
              </dt>
              <dd>{t(`none.keys.${line.text}`)}</dd>
            </div>
          ))}
        </dl>
      }
    />
  );
}
