import { useId, useState } from 'react';
import type { StoreView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { useProxies } from '../proxies/proxies-store.ts';
import { useProxyLine } from '../proxies/proxy-line.ts';
import { StoreName, storeText } from '../proxies/store-name.tsx';
import { useStores } from '../stores/stores-store.ts';
import { closeBrowsers } from './browsers-actions.ts';
import { useBrowsers } from './browsers-store.ts';
import { Foot } from './foot.tsx';
import { couldShare, sharers, stillOpen } from './sharing.ts';
import { useDeed } from '../ui/use-deed.ts';
import { closeQuestion } from './questions-store.ts';
import styles from './dialogs.module.css';

interface LineProps {
  readonly store: StoreView;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function Line({ store, isChosen, onToggle }: LineProps) {
  const box = useId();
  const proxyLine = useProxyLine(store.id);
  return (
    <li className={styles.item}>
      <input id={box} type="checkbox" checked={isChosen} onChange={onToggle} />
      <label htmlFor={box}>
        <StoreName store={store} />
      </label>
      <span className={styles.aside}>{proxyLine}</span>
    </li>
  );
}

/** Says what it means that stores share one sign-in, whose proxy they leave by then, and asks which. */
export function ShareForm({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const stores = useStores((state) => state.stores);
  const byStore = useBrowsers((state) => state.byStore);
  const proxyLine = useProxyLine(storeId);
  const isDirect = useProxies((state) => state.loaded && !state.byStore.has(storeId));
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const offered = couldShare(storeId, stores, byStore);
  const all = sharers(storeId, chosen, byStore);
  const already = (byStore.get(storeId)?.storeIds ?? []).filter((id) => id !== storeId);
  const open = stillOpen(all, byStore);
  const { busy, error, submit } = useDeed(closeQuestion, async () => {
    const failed = await closeBrowsers(open);
    if (failed !== null) return failed;
    const answer = await client.call('browsers.share', { storeIds: [...all] });
    return answer.ok ? null : answer.error;
  });
  const toggle = (id: number): void =>
    setChosen((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{t('share.lead')}</p>
      {already.length > 0 && (
        <p className={styles.hint}>{t('share.already', { stores: already.map(storeText).join(', ') })}</p>
      )}
      {offered.length === 0 ? (
        <p className={styles.nothing}>{t('share.nobody')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('share.list')}>
          {offered.map((store) => (
            <Line
              key={store.id}
              store={store}
              isChosen={chosen.includes(store.id)}
              onToggle={() => toggle(store.id)}
            />
          ))}
        </ul>
      )}
      <p className={styles.hint}>
        {isDirect
          ? t('share.noProxy', { store: storeText(storeId) })
          : t('share.proxy', { store: storeText(storeId), proxy: proxyLine ?? t('share.proxyUnknown') })}
      </p>
      <p className={styles.hint}>{t('share.lost')}</p>
      {chosen.length > 0 && open.length > 0 && (
        <p className={styles.hint}>{t('share.closes', { stores: open.map(storeText).join(', ') })}</p>
      )}
      <Foot
        label={t(chosen.length > 0 && open.length > 0 ? 'share.closeAndSave' : 'share.save')}
        busy={busy}
        disabled={chosen.length === 0}
        error={error}
      />
    </form>
  );
}
