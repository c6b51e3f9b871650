import { IconX } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { dismissNotice, useNotice } from './notice-store.ts';
import { useReason } from './reason.ts';
import styles from './panel.module.css';

/** What is said in passing, over the foot of the thread. */
export function NoticeLine() {
  const t = useT('panel');
  const reason = useReason();
  const notice = useNotice((state) => state.notice);
  return (
    <div role="status" data-testid="notice">
      {notice !== null && (
        <div className={styles.notice}>
          <span>
            {t(notice.key, {
              ...notice.names,
              reason: notice.error === null ? '' : reason(notice.error),
            })}
          </span>
          <button
            type="button"
            className={styles.dismiss}
            aria-label={t('notice.dismiss')}
            onClick={dismissNotice}
          >
            <IconX size={13} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}
