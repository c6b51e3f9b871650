import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { weighMoves, type Move } from '../bind.ts';
import { MoveWarnings } from '../move-warnings.tsx';
import { useProxies } from '../proxies-store.ts';
import type { Weighed } from '../use-weighed.ts';
import { countVerdicts, type JudgedItem } from './import-model.ts';
import { saveImport, useImport } from './import-store.ts';
import styles from './import-view.module.css';

/** Stores that would go over to proxies that are there already; of new ones nothing is known that could warn. */
function useMoves(items: readonly JudgedItem[]): Move[] {
  const byStore = useProxies((state) => state.byStore);
  return items.flatMap(({ taken, proxyId, storeIds }) => {
    const moving = taken && proxyId !== null ? storeIds.filter((id) => byStore.get(id)?.id !== proxyId) : [];
    return moving.length === 0 ? [] : [{ storeIds: moving, proxyId }];
  });
}

/** What will be saved and what not, and the one button that saves it. */
export function ImportFoot({ items }: { readonly items: readonly JudgedItem[] }) {
  const t = useT('proxies');
  const phase = useImport((state) => state.phase);
  const moves = useMoves(items);
  const [weighed, setWeighed] = useState<Weighed | null>(null);
  const [busy, setBusy] = useState(false);
  const taken = items.filter((item) => item.taken);
  const stores = taken.reduce((sum, { storeIds }) => sum + storeIds.length, 0);
  const { ambiguous, wrong } = countVerdicts(items);
  const parts = [
    stores > 0 && t('import.foot.stores', { count: stores }),
    ambiguous > 0 && t('import.foot.ambiguous', { count: ambiguous }),
    wrong > 0 && t('import.foot.wrong', { count: wrong }),
  ].filter((part) => part !== false);

  const start = async (): Promise<void> => {
    setBusy(true);
    const answer = await weighMoves(moves);
    setBusy(false);
    if (answer.ok && answer.value.length === 0) return saveImport();
    const again = (): void => void start();
    setWeighed(
      answer.ok
        ? { warnings: answer.value, error: null, again }
        : { warnings: null, error: answer.error, again },
    );
  };
  const anyway = (): void => {
    setWeighed(null);
    void saveImport();
  };
  return (
    <footer className={styles.foot}>
      <p className={styles.footText}>{parts.join(t('import.and'))}</p>
      <Button
        loading={busy || phase === 'saving'}
        disabled={taken.length === 0}
        onClick={() => void start()}
        data-testid="import-save"
      >
        {t('import.save', { count: taken.length })}
      </Button>
      <Modal
        opened={weighed !== null}
        onClose={() => setWeighed(null)}
        title={t('import.warned')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        {weighed !== null && <MoveWarnings weighed={weighed} />}
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => setWeighed(null)}>
            {t('action.cancel')}
          </Button>
          <Button disabled={weighed?.warnings == null} onClick={anyway} data-testid="import-anyway">
            {t('import.anyway', { count: taken.length })}
          </Button>
        </div>
      </Modal>
    </footer>
  );
}
