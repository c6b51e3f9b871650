import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { csvOf } from '../../../base/csv.ts';
import { client, clock } from '../../client.ts';
import { useT } from '../../i18n/i18n.ts';
import { saveText } from '../../ui/save-text.ts';
import { exportTable, type Secret } from '../export-table.ts';
import { useProxies } from '../proxies-store.ts';
import { storeText } from '../store-name.tsx';
import { useConditionText } from '../words.ts';
import { fieldsOf, hereZone } from '../zones.ts';
import { Foot } from './foot.tsx';
import { useDeed } from '../../ui/use-deed.ts';
import { closeQuestion } from '../board-store.ts';
import styles from '../dialogs.module.css';

/** Writes proxies into a file. Passwords are only in it when that is asked for, and said to be understood. */
export function ExportForm({ proxyIds }: { readonly proxyIds: readonly number[] }) {
  const t = useT('proxies');
  const condition = useConditionText();
  const byId = useProxies((state) => state.byId);
  const [withSecrets, setWithSecrets] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    let secrets: ReadonlyMap<number, Secret> | null = null;
    if (withSecrets) {
      const answer = await client.call('proxies.secrets', { proxyIds: [...proxyIds] });
      if (!answer.ok) return answer.error;
      secrets = new Map(answer.value.secrets.map((secret) => [secret.proxyId, secret]));
    }
    const now = clock.now();
    const zone = hereZone();
    const table = exportTable(
      proxyIds.flatMap((id) => byId.get(id) ?? []),
      secrets,
      {
        title: (column) => t(`column.${column}`),
        state: (proxy) => condition(proxy, now),
        store: storeText,
        zone,
      },
    );
    saveText(`counterdesk-proxies-${fieldsOf(now, zone).date}.csv`, csvOf(table));
    return null;
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{t('export.lead', { count: proxyIds.length })}</p>
      <Checkbox
        label={t('export.withSecrets')}
        checked={withSecrets}
        onChange={(event) => {
          setWithSecrets(event.currentTarget.checked);
          setUnderstood(false);
        }}
      />
      {withSecrets && (
        <Checkbox
          label={t('export.understood')}
          checked={understood}
          onChange={(event) => setUnderstood(event.currentTarget.checked)}
        />
      )}
      <Foot
        label={t('export.save')}
        busy={busy}
        error={error}
        disabled={proxyIds.length === 0 || (withSecrets && !understood)}
      />
    </form>
  );
}
