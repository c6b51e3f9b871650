import { Chip, Group } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import type { Settings } from '../../contract/settings.ts';
import { useT } from '../i18n/i18n.ts';
import { useProxies } from '../proxies/proxies-store.ts';
import { useStores } from '../stores/stores-store.ts';
import { LookupField } from './lookup-field.tsx';
import { changeSettings, useSettings } from './settings-store.ts';
import { SwitchRow } from './switch-row.tsx';
import styles from './settings-view.module.css';

/** Days ahead at which an end may be told of. */
const DAYS = [30, 14, 7, 3, 1];

/** Whether a store may leave without a proxy, with how many do, and when the end of one is told of. */
export function Proxies({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  const isRequired = useSettings((state) => state.settings.requireProxy);
  const stores = useStores((state) => state.stores);
  const byStore = useProxies((state) => state.byStore);
  const without = stores.filter(({ id }) => !byStore.has(id)).length;
  const warnDays = useSettings((state) => state.settings.proxyWarnDays);
  const offered = [...new Set([...DAYS, ...warnDays])].sort((a, b) => b - a);
  const change = async (settings: Partial<Settings>): Promise<void> => {
    const answer = await changeSettings(settings);
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('proxies.title')}</h2>
      <SwitchRow
        setting="requireProxy"
        label={t('proxies.require')}
        hint={`${t('proxies.requireHint')} ${t(isRequired ? 'proxies.stopped' : 'proxies.without', { count: without })}`}
        onFailed={onFailed}
      />
      <SwitchRow
        setting="saveTraffic"
        label={t('proxies.saveTraffic')}
        hint={t('proxies.saveTrafficHint')}
        onFailed={onFailed}
      />
      <div className={styles.row}>
        <div className={styles.label}>
          {t('proxies.warn')}
          <p className={styles.hint}>{t('proxies.warnHint')}</p>
        </div>
        <Chip.Group
          multiple
          value={warnDays.map(String)}
          onChange={(days) => void change({ proxyWarnDays: days.map(Number).sort((a, b) => b - a) })}
        >
          <Group gap={6} role="group" aria-label={t('proxies.warn')}>
            {offered.map((days) => (
              <Chip key={days} size="xs" variant="light" value={String(days)}>
                {t('proxies.days', { count: days })}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      <LookupField
        name="ipLookupUrl"
        label={t('proxies.lookup')}
        hint={t('proxies.lookupHint')}
        change={change}
      />
      <LookupField
        name="ipLookupV6Url"
        label={t('proxies.lookupV6')}
        hint={t('proxies.lookupV6Hint')}
        change={change}
      />
    </section>
  );
}
