import { useT } from '../i18n/i18n.ts';
import { ActiveFilters } from './active-filters.tsx';
import { useConversations } from './conversations-store.ts';
import { KeywordField } from './keyword-field.tsx';
import { ListBody } from './list-body.tsx';
import { ListChips } from './list-chips.tsx';
import { ListNoteLine } from './list-note-line.tsx';
import { ListEmpty, ListError, ListSkeleton, ListStale } from './list-states.tsx';
import { RefreshButton } from './refresh-button.tsx';
import { useListHold } from './use-list-hold.ts';
import styles from './conversation-list.module.css';

function Body() {
  const answered = useConversations((state) => state.shownKey !== '');
  const empty = useConversations((state) => state.rows.length === 0);
  const failed = useConversations((state) => state.error !== null);
  if (!empty) return <ListBody />;
  if (failed) return <ListError />;
  return answered ? <ListEmpty /> : <ListSkeleton />;
}

/** The conversations of all stores in the panel's scope: search, views, filters, and the rows. */
export function ConversationList() {
  const t = useT('conversations');
  const pointer = useListHold();
  return (
    <section className={styles.list} aria-label={t('list.label')}>
      <header>
        <div className={styles.head}>
          <KeywordField />
          <RefreshButton />
        </div>
        <ListChips />
        <ActiveFilters />
        <ListStale />
      </header>
      <div className={styles.body} {...pointer}>
        <Body />
        <ListNoteLine />
      </div>
    </section>
  );
}
