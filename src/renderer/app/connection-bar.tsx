import { Loader } from '@mantine/core';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import styles from './connection-bar.module.css';
import { useDelayed } from './use-delayed.ts';

/** An engine that was restarted is usually back before anyone would read a word about it. */
const GRACE_MS = 1_200;

/** Says that the page has lost its engine, or that it hangs; floats, so that nothing moves. */
export function ConnectionBar() {
  const t = useT('common');
  const { state } = client.useConnection();
  const silent = state === 'silent';
  const shown = useDelayed(silent || state === 'reconnecting', GRACE_MS);
  return (
    <div role="status" className={styles.place}>
      {shown && (
        <div className={styles.bar}>
          <Loader size={12} color="currentColor" />
          {t(silent ? 'connection.silent' : 'connection.reconnecting')}
          {!silent && (
            <button type="button" className={styles.button} onClick={() => client.retryNow()}>
              {t('connection.tryNow')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
