import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { loadedCount, type ThreadWindow } from './thread-window.ts';
import styles from './thread.module.css';

interface ThreadTopProps {
  readonly window: ThreadWindow;
  readonly loadingOlder: boolean;
  readonly loadOlder: () => void;
}

/** What stands above the oldest message drawn: how much is loaded. Always of one height, so that it moves nothing. */
export function ThreadTop({ window, loadingOlder, loadOlder }: ThreadTopProps) {
  const t = useT('thread');
  const format = useFormat();
  const reason = useReason();
  const loaded = loadedCount(window);
  const count = { count: loaded, number: format.number(loaded) };
  if (window.olderError !== null) {
    return (
      <div className={styles.top} data-testid="thread-loaded">
        <span className={styles.topError}>{t('older.failed', { reason: reason(window.olderError) })}</span>
        <button type="button" className={styles.topRetry} onClick={loadOlder}>
          {t('older.retry')}
        </button>
      </div>
    );
  }
  return (
    <div className={styles.top} data-testid="thread-loaded">
      {window.reachedStart
        ? t('loaded.all', count)
        : t(loadingOlder ? 'loaded.loading' : 'loaded.some', count)}
    </div>
  );
}
