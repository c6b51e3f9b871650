import { client } from '../../client.ts';
import { useT } from '../../i18n/i18n.ts';
import { displayText } from '../../panel/display-text.ts';
import { chooseNone, closeQuestion } from '../board-store.ts';
import { isUnused, nameOf } from '../condition.ts';
import { useProxies } from '../proxies-store.ts';
import { storeText } from '../store-name.tsx';
import { Foot } from './foot.tsx';
import { useDeed } from '../../ui/use-deed.ts';
import styles from '../dialogs.module.css';

/** Removes proxies for good. Those that anything leaves by stay: who does is said. */
export function RemoveForm({ proxyIds }: { readonly proxyIds: readonly number[] }) {
  const t = useT('proxies');
  const byId = useProxies((state) => state.byId);
  const known = proxyIds.flatMap((id) => byId.get(id) ?? []);
  const used = known.filter((proxy) => !isUnused(proxy));
  const free = known.filter(isUnused);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    const answer = await client.call('proxies.remove', { proxyIds: free.map(({ id }) => id) });
    if (!answer.ok) return answer.error;
    chooseNone();
    return null;
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      {free.length > 0 && <p className={styles.lead}>{t('remove.lead', { count: free.length })}</p>}
      {used.length > 0 && (
        <>
          <p className={styles.lead}>{t('remove.used', { count: used.length })}</p>
          <ul className={styles.list} aria-label={t('remove.list')}>
            {used.map((proxy) => (
              <li key={proxy.id} className={styles.item}>
                <span className={styles.optionName}>{displayText(nameOf(proxy))}</span>
                <span className={styles.aside}>
                  {[
                    ...proxy.storeIds.map(storeText),
                    ...(proxy.appIds.length > 0 ? [t('stores.apiExit')] : []),
                  ].join(', ')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Foot
        label={t('remove.save', { count: free.length })}
        busy={busy}
        error={error}
        disabled={free.length === 0}
      />
    </form>
  );
}
