import { Switch } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { useProxies } from '../proxies/proxies-store.ts';
import { useStores } from '../stores/stores-store.ts';
import { changeSettings, useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

/** Whether a store may leave without a proxy, with how many do. */
export function Proxies({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  const isRequired = useSettings((state) => state.settings.requireProxy);
  const stores = useStores((state) => state.stores);
  const byStore = useProxies((state) => state.byStore);
  const without = stores.filter(({ id }) => !byStore.has(id)).length;
  const change = async (requireProxy: boolean): Promise<void> => {
    const answer = await changeSettings({ requireProxy });
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('proxies.title')}</h2>
      <div className={styles.row}>
        <div className={styles.label}>
          {t('proxies.require')}
          <p className={styles.hint}>
            {t('proxies.requireHint')}{' '}
            {t(isRequired ? 'proxies.stopped' : 'proxies.without', { count: without })}
          </p>
        </div>
        <Switch
          aria-label={t('proxies.require')}
          checked={isRequired}
          onChange={(event) => void change(event.currentTarget.checked)}
        />
      </div>
    </section>
  );
}
