import { Button, Loader } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { Virtuoso } from 'react-virtuoso';
import type { TroubleItem } from '../../contract/outbox.ts';
import { useT } from '../i18n/i18n.ts';
import { NoticeLine } from '../panel/notice-line.tsx';
import { useReason } from '../panel/reason.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { useKeptFocus } from '../ui/use-kept-focus.ts';
import { OutboxHead } from './outbox-head.tsx';
import { loadOutbox, useOutbox } from './outbox-store.ts';
import { filterTrouble, useTroubleFilter } from './trouble-filter.ts';
import { TroubleRow } from './trouble-row.tsx';
import styles from './outbox-view.module.css';

const drawnBeyond = 400;
const itemKey = (_index: number, item: TroubleItem): number => item.messageId;
const drawItem = (_index: number, item: TroubleItem) => <TroubleRow item={item} />;

function Footer() {
  const t = useT('outbox');
  const read = useOutbox((state) => state.items.length);
  const total = useOutbox((state) => state.total);
  return total > read ? <p className={styles.footer}>{t('view.more', { read, total })}</p> : null;
}

const components = { Footer };

function Again() {
  const t = useT('outbox');
  return (
    <Button variant="default" size="xs" onClick={() => void loadOutbox()}>
      {t('action.retry')}
    </Button>
  );
}

function Items() {
  const t = useT('outbox');
  const reason = useReason();
  const { items, loaded, error } = useOutbox();
  const filter = useTroubleFilter();
  const shown = useMemo(() => filterTrouble(items, filter), [items, filter]);
  if (!loaded && error !== null)
    return <ErrorState title={t('view.failed')} text={reason(error)} action={<Again />} />;
  if (!loaded)
    return (
      <div className={styles.loading} role="status" aria-label={t('view.loading')}>
        <Loader size={20} />
      </div>
    );
  if (shown.length === 0) {
    const narrowed = items.length > 0;
    const all = (
      <Button
        variant="default"
        size="xs"
        onClick={() => useTroubleFilter.setState({ storeId: null, kind: null })}
      >
        {t('empty.showAll')}
      </Button>
    );
    return (
      <EmptyState
        icon={<IconChecks size={28} stroke={1.5} />}
        title={t(narrowed ? 'empty.narrowed' : 'empty.title')}
        text={t(narrowed ? 'empty.narrowedText' : 'empty.text')}
        action={narrowed ? all : undefined}
      />
    );
  }
  return (
    <Virtuoso<TroubleItem>
      className={styles.items ?? ''}
      role="list"
      aria-label={t('view.label')}
      data-testid="outbox-list"
      data={shown as TroubleItem[]}
      increaseViewportBy={drawnBeyond}
      computeItemKey={itemKey}
      itemContent={drawItem}
      components={components}
    />
  );
}

/** Every own message that failed, is held or may not have arrived, over all stores. */
export function OutboxView() {
  const t = useT('outbox');
  const reason = useReason();
  const place = useRef<HTMLElement>(null);
  useKeptFocus(place, true);
  const stale = useOutbox((state) => (state.loaded ? state.error : null));
  return (
    <section
      ref={place}
      tabIndex={-1}
      className={styles.view}
      aria-label={t('view.title')}
      data-testid="outbox"
    >
      <OutboxHead />
      {stale !== null && (
        <p role="alert" className={styles.stale}>
          {t('view.stale', { reason: reason(stale) })} <Again />
        </p>
      )}
      <div className={styles.body}>
        <Items />
      </div>
      <NoticeLine />
    </section>
  );
}
