import { Button, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { useStores } from '../stores/stores-store.ts';
import { useOutbox } from './outbox-store.ts';
import { countTrouble, troubleKinds, troubleStores, useTroubleFilter } from './trouble-filter.ts';
import styles from './outbox-view.module.css';

function Kinds() {
  const t = useT('outbox');
  const format = useFormat();
  const items = useOutbox((state) => state.items);
  const { storeId, kind } = useTroubleFilter();
  const counts = useMemo(() => countTrouble(items, storeId), [items, storeId]);
  return (
    <div className={styles.kinds} role="group" aria-label={t('view.kinds')}>
      {(['all', ...troubleKinds] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={styles.chip}
          aria-pressed={(kind ?? 'all') === one}
          data-testid={`outbox-${one}`}
          onClick={() => useTroubleFilter.setState({ kind: one === 'all' ? null : one })}
        >
          {t(`kind.${one}`)}
          <span className={styles.chipCount}>{format.count(counts[one])}</span>
        </button>
      ))}
    </div>
  );
}

function StoreChoice() {
  const t = useT('outbox');
  const items = useOutbox((state) => state.items);
  const storeId = useTroubleFilter((state) => state.storeId);
  const chosen = useStores((state) => (storeId === null ? null : (state.byId.get(storeId) ?? null)));
  const stores = useMemo(() => troubleStores(items, chosen), [items, chosen]);
  return (
    <Select
      size="xs"
      w={220}
      aria-label={t('view.store')}
      placeholder={t('view.allStores')}
      clearable
      searchable
      value={storeId === null ? null : String(storeId)}
      data={stores.map(({ id, name, site, count }) => ({
        value: String(id),
        label: t('view.storeCount', { name, site, count }),
      }))}
      onChange={(value) => useTroubleFilter.setState({ storeId: value === null ? null : Number(value) })}
    />
  );
}

/** What "Retry all" came to, in words: only what happened is named. */
function useOutcomeWords(): (outcome: { retried: number; checked: number; left: number }) => string {
  const t = useT('outbox');
  return (outcome) => {
    const parts = (['retried', 'checked', 'left'] as const)
      .filter((part) => outcome[part] > 0)
      .map((part) => t(`retryAll.${part}`, { count: outcome[part] }));
    return parts.length === 0
      ? t('retryAll.nothing')
      : t('retryAll.done', { parts: parts.join(t('retryAll.and')) });
  };
}

/** The outbox's title, what narrows it, and "Retry all". */
export function OutboxHead() {
  const t = useT('outbox');
  const reason = useReason();
  const words = useOutcomeWords();
  const items = useOutbox((state) => state.items);
  const storeId = useTroubleFilter((state) => state.storeId);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly failed: boolean } | null>(null);
  const counts = countTrouble(items, storeId);
  const retryable = counts.failed + counts.unconfirmed;

  const retryAll = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.call('outbox.retryAll', { storeId });
    setBusy(false);
    setOutcome(
      answer.ok
        ? { text: words(answer.value), failed: false }
        : { text: t('retryAll.failed', { reason: reason(answer.error) }), failed: true },
    );
  };
  return (
    <header className={styles.head}>
      <div className={styles.top}>
        <h1 className={styles.title}>{t('view.title')}</h1>
        <p className={styles.lead}>{t('view.lead')}</p>
      </div>
      <div className={styles.tools}>
        <Kinds />
        <StoreChoice />
        <span className={styles.gap} />
        <Button
          size="xs"
          loading={busy}
          disabled={retryable === 0}
          onClick={() => void retryAll()}
          data-testid="retry-all"
        >
          {t(storeId === null ? 'retryAll.all' : 'retryAll.store')}
        </Button>
      </div>
      <div role="status" data-testid="retry-all-outcome">
        {outcome !== null && (
          <p className={styles.outcome} data-failed={outcome.failed}>
            {outcome.text}
          </p>
        )}
      </div>
    </header>
  );
}
