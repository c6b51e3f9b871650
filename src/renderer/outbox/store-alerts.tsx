import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { StoreAlert } from '../../contract/outbox.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { tell } from '../panel/tell.ts';
import { useReason } from '../panel/reason.ts';
import { useStores } from '../stores/stores-store.ts';
import { ConnectionTestWord } from './connection-test.tsx';
import { forgetTests, testConnection } from './connection-tests.ts';
import { openOutbox } from './open-message.ts';
import { useOutbox } from './outbox-store.ts';
import styles from './store-alerts.module.css';

/** More than these would push the panel down. */
const shownAtOnce = 3;

const placeOf = (storeId: number): string => `alert-${storeId}`;

async function dismiss(storeId: number): Promise<void> {
  forgetTests(placeOf(storeId));
  tell(await client.call('outbox.dismissAlert', { storeId }));
}

function Alert({ alert }: { readonly alert: StoreAlert }) {
  const t = useT('outbox');
  const format = useFormat();
  const reason = useReason();
  const { storeId, failures, since, error } = alert;
  const store = useStores((state) => state.byId.get(storeId));
  const place = placeOf(storeId);
  const names = { store: displayText(store?.name ?? ''), site: store?.site ?? '' };
  return (
    <div className={styles.alert} data-testid="store-alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span className={styles.text}>
        {t('alert.text', {
          ...names,
          count: failures,
          time: format.clock(since),
          reason: reason(error),
        })}
      </span>
      <ConnectionTestWord place={place} />
      <button type="button" className={styles.act} onClick={() => openOutbox(storeId)}>
        {t('alert.show')}
      </button>
      <button type="button" className={styles.act} onClick={() => void testConnection(place, storeId)}>
        {t('act.test')}
      </button>
      <button
        type="button"
        className={styles.close}
        aria-label={t('alert.dismiss', names)}
        title={t('alert.dismiss', names)}
        onClick={() => void dismiss(storeId)}
      >
        <IconX size={15} aria-hidden />
      </button>
    </div>
  );
}

/** Stores in which one message after the other failed: one line each, over the panel, until dismissed. */
export function StoreAlerts() {
  const t = useT('outbox');
  const alerts = useOutbox((state) => state.alerts);
  const more = alerts.length - shownAtOnce;
  return (
    <div role="status">
      {alerts.slice(0, shownAtOnce).map((alert) => (
        <Alert key={alert.storeId} alert={alert} />
      ))}
      {more > 0 && (
        <div className={styles.alert}>
          <span className={styles.text}>{t('alert.more', { count: more })}</span>
          <button type="button" className={styles.act} onClick={() => openOutbox(null)}>
            {t('alert.show')}
          </button>
        </div>
      )}
    </div>
  );
}
