import { useT } from '../../i18n/i18n.ts';
import { changeProxies } from '../bind.ts';
import { useProxies } from '../proxies-store.ts';
import { storeText } from '../store-name.tsx';
import { Foot } from './foot.tsx';
import { useDeed } from '../../ui/use-deed.ts';
import { closeQuestion } from '../board-store.ts';
import styles from '../dialogs.module.css';

/** Takes proxies out of use though stores leave by them: these stop, and are named. */
export function DisableForm({ proxyIds }: { readonly proxyIds: readonly number[] }) {
  const t = useT('proxies');
  const byId = useProxies((state) => state.byId);
  const stores = proxyIds.flatMap((id) => byId.get(id)?.storeIds ?? []);
  const { busy, error, submit } = useDeed(
    closeQuestion,
    async () => (await changeProxies(proxyIds, { disabled: true })).error,
  );
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{t('disable.lead', { count: stores.length })}</p>
      <ul className={styles.list} aria-label={t('disable.list')}>
        {stores.map((id) => (
          <li key={id} className={styles.item}>
            {storeText(id)}
          </li>
        ))}
      </ul>
      <Foot label={t('act.disable')} busy={busy} error={error} />
    </form>
  );
}
