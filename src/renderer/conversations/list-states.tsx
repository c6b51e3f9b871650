import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { clock } from '../client.ts';
import { usePanel } from '../panel/panel-store.ts';
import { useReason } from '../panel/reason.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { currentQuery, loadConversations, useConversations } from './conversations-store.ts';
import { isNarrowed } from './list-query.ts';
import styles from './conversation-list.module.css';

const shownAfterMs = 150;
const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Grey rows while the first read runs; only after a moment, since most reads are over before. */
export function ListSkeleton() {
  const t = useT('conversations');
  const [shown, setShown] = useState(false);
  useEffect(() => clock.after(shownAfterMs, () => setShown(true)), []);
  if (!shown) return <div className={styles.rows} />;
  return (
    <div className={styles.rows} role="status" data-testid="conversations-loading">
      <span className="visually-hidden">{t('list.loading')}</span>
      {skeletonRows.map((name) => (
        <div key={name} className={styles.skeleton} aria-hidden>
          <span className={styles.skeletonFace} />
          <span className={styles.skeletonLines} />
        </div>
      ))}
    </div>
  );
}

/** Nothing under this view and narrowing: why, and the way on. */
export function ListEmpty() {
  const t = useT('conversations');
  const view = usePanel((state) => state.view);
  const { setView, clearNarrowing } = usePanel.getState();
  if (isNarrowed(currentQuery())) {
    return (
      <EmptyState
        title={t('empty.narrowed.title')}
        text={t('empty.narrowed.text')}
        action={
          <Button size="xs" variant="default" onClick={clearNarrowing}>
            {t('empty.narrowed.action')}
          </Button>
        }
      />
    );
  }
  const action = (
    <Button size="xs" variant="default" onClick={() => setView('all')}>
      {t('empty.toAll')}
    </Button>
  );
  return (
    <EmptyState
      title={t(`empty.${view}.title`)}
      text={t(`empty.${view}.text`)}
      {...(view === 'all' ? {} : { action })}
    />
  );
}

/** The list could not be read and nothing is known to show instead. */
export function ListError() {
  const t = useT('conversations');
  const reason = useReason();
  const error = useConversations((state) => state.error);
  if (error === null) return null;
  return (
    <ErrorState
      title={t('list.failed')}
      text={reason(error)}
      action={
        <Button size="xs" variant="default" onClick={() => void loadConversations()}>
          {t('list.retry')}
        </Button>
      }
    />
  );
}

/** The list shown could not be read again. While the page reconnects, the bar above all says so already. */
export function ListStale() {
  const t = useT('conversations');
  const reason = useReason();
  const error = useConversations((state) => (state.rows.length > 0 ? state.error : null));
  if (error === null || error.code === 'closed') return null;
  return (
    <div className={styles.stale} role="status">
      <span>{t('list.stale', { reason: reason(error) })}</span>
      <button type="button" onClick={() => void loadConversations()}>
        {t('list.retry')}
      </button>
    </div>
  );
}
