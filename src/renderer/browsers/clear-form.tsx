import { IconArchive, IconTrash } from '@tabler/icons-react';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { storeText } from '../proxies/store-name.tsx';
import { useBrowsers } from './browsers-store.ts';
import { Foot } from './foot.tsx';
import { useDeed } from '../ui/use-deed.ts';
import { closeQuestion } from './questions-store.ts';
import styles from './dialogs.module.css';

/** Says what is forgotten with a store's session and what stays, and asks. */
export function ClearForm({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const view = useBrowsers((state) => state.byStore.get(storeId));
  const along = (view?.storeIds ?? []).filter((id) => id !== storeId);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    const answer = await client.call('browsers.clear', { storeId });
    return answer.ok ? null : answer.error;
  });
  return (
    <form className={styles.form} onSubmit={submit}>
      <dl className={styles.sides}>
        <div className={styles.side}>
          <dt>
            <IconTrash size={15} stroke={1.8} aria-hidden />
            {t('clear.lost')}
          </dt>
          <dd>{t('clear.lostText')}</dd>
        </div>
        <div className={styles.side}>
          <dt>
            <IconArchive size={15} stroke={1.8} aria-hidden />
            {t('clear.kept')}
          </dt>
          <dd>{t('clear.keptText')}</dd>
        </div>
      </dl>
      {view !== undefined && view.state !== 'closed' && <p className={styles.hint}>{t('clear.closes')}</p>}
      {along.length > 0 && (
        <p className={styles.hint}>{t('clear.along', { stores: along.map(storeText).join(', ') })}</p>
      )}
      <Foot label={t('clear.save')} busy={busy} error={error} isGrave />
    </form>
  );
}
