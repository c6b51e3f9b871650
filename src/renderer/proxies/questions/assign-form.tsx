import { useState } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { useStores } from '../../stores/stores-store.ts';
import { makeMoves, moveAlong, pairUp } from '../bind.ts';
import { MoveWarnings } from '../move-warnings.tsx';
import { useProxies } from '../proxies-store.ts';
import { StoreChooser } from '../store-chooser.tsx';
import { storeText } from '../store-name.tsx';
import { useWeighed } from '../use-weighed.ts';
import { Foot } from './foot.tsx';
import { useDeed } from '../../ui/use-deed.ts';
import { closeQuestion } from '../board-store.ts';
import styles from '../dialogs.module.css';

/** Stores that are to leave by these proxies: all by the one, or one by each in the order in which they are ticked. */
export function AssignForm({ proxyIds }: { readonly proxyIds: readonly number[] }) {
  const t = useT('proxies');
  const stores = useStores((state) => state.stores);
  const byStore = useProxies((state) => state.byStore);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const isSingle = proxyIds.length === 1;
  const moves = pairUp(proxyIds, chosen).filter(({ storeIds, proxyId }) =>
    storeIds.some((id) => byStore.get(id)?.id !== proxyId),
  );
  const weighed = useWeighed(moves);
  const { busy, error, submit } = useDeed(closeQuestion, () => makeMoves(moves));
  const along = moveAlong(chosen, stores);
  const tooMany = isSingle ? 0 : Math.max(0, chosen.length - proxyIds.length);
  const warned = (weighed.warnings ?? []).length > 0;
  return (
    <form className={styles.form} onSubmit={submit}>
      <p className={styles.lead}>{t(isSingle ? 'assign.single' : 'assign.inOrder')}</p>
      <StoreChooser chosen={chosen} onChange={setChosen} numbered={!isSingle} />
      {tooMany > 0 && <p className={styles.problem}>{t('assign.tooMany', { count: tooMany })}</p>}
      {along.length > 0 && (
        <p className={styles.hint}>{t('bind.along', { stores: along.map(storeText).join(', ') })}</p>
      )}
      <MoveWarnings weighed={weighed} />
      <Foot
        label={t(warned ? 'bind.anyway' : 'assign.save', { count: moves.length })}
        busy={busy}
        error={error}
        disabled={moves.length === 0 || tooMany > 0 || weighed.warnings === null}
      />
    </form>
  );
}
