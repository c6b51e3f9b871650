import { Tooltip } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { refreshList, useRefresh } from './refresh.ts';
import styles from './conversation-list.module.css';

/** Has the stores shown read now; says how far that is. */
export function RefreshButton() {
  const t = useT('conversations');
  const { done, of } = useRefresh();
  const running = of > 0;
  const label = running ? t('refresh.running', { done, of }) : t('refresh.label');
  return (
    <Tooltip label={label} position="bottom" openDelay={400} withinPortal>
      <button
        type="button"
        className={styles.refresh}
        aria-label={label}
        aria-busy={running}
        data-testid="refresh"
        onClick={() => void refreshList('said')}
      >
        <IconRefresh size={16} stroke={1.6} aria-hidden />
      </button>
    </Tooltip>
  );
}
