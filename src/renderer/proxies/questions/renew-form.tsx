import { useState } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { changeProxies } from '../bind.ts';
import { expiryFields, expiryOf } from '../expiry.ts';
import { ExpiryField } from '../expiry-field.tsx';
import { useProxies } from '../proxies-store.ts';
import { Foot } from './foot.tsx';
import { useDeed } from '../../ui/use-deed.ts';
import { closeQuestion } from '../board-store.ts';
import styles from '../dialogs.module.css';

/** Sets one end for all of these proxies. */
export function RenewForm({ proxyIds }: { readonly proxyIds: readonly number[] }) {
  const t = useT('proxies');
  const first = useProxies((state) => state.byId.get(proxyIds[0] ?? 0));
  const [fields, setFields] = useState(() => ({
    ...expiryFields(first?.expiresAt ?? null),
    permanent: false,
  }));
  const [done, setDone] = useState<number | null>(null);
  const at = expiryOf(fields);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    if (at === undefined) return null;
    const outcome = await changeProxies(proxyIds, { details: { expiresAt: at } });
    setDone(outcome.done);
    return outcome.error;
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{t('renew.lead', { count: proxyIds.length })}</p>
      <ExpiryField value={fields} onChange={setFields} />
      {error !== null && done !== null && (
        <p className={styles.problem}>{t('renew.some', { done, count: proxyIds.length })}</p>
      )}
      <Foot
        label={t('renew.save', { count: proxyIds.length })}
        busy={busy}
        error={error}
        disabled={at === undefined}
      />
    </form>
  );
}
