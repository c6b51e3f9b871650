import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { storeText } from '../proxies/store-name.tsx';
import { closeBrowsers } from './browsers-actions.ts';
import { useBrowsers } from './browsers-store.ts';
import { Foot } from './foot.tsx';
import { stillOpen } from './sharing.ts';
import { useDeed } from '../ui/use-deed.ts';
import { closeQuestion } from './questions-store.ts';
import styles from './dialogs.module.css';

/** Asks whether a store is to have a browser of its own again. */
export function SeparateForm({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const byStore = useBrowsers((state) => state.byStore);
  const others = (byStore.get(storeId)?.storeIds ?? []).filter((id) => id !== storeId);
  const open = stillOpen([storeId], byStore);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    const failed = await closeBrowsers(open);
    if (failed !== null) return failed;
    const answer = await client.call('browsers.separate', { storeId });
    return answer.ok ? null : answer.error;
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>
        {t('separate.lead', { store: storeText(storeId), others: others.map(storeText).join(', ') })}
      </p>
      {open.length > 0 && <p className={styles.hint}>{t('separate.closes')}</p>}
      <Foot
        label={t(open.length > 0 ? 'separate.closeAndSave' : 'separate.save')}
        busy={busy}
        error={error}
      />
    </form>
  );
}
