import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import type { ListView } from '../panel/place.ts';
import { FilterMenu } from './filter-menu.tsx';
import { SortMenu } from './sort-menu.tsx';
import { useConversations } from './conversations-store.ts';
import styles from './list-head.module.css';

const firstRow: readonly ListView[] = ['needs-reply', 'all', 'trouble'];
const secondRow: readonly ListView[] = ['waiting', 'snoozed', 'done'];
/** Only work carries a number: how many wait, and how many went wrong. */
const counted: readonly ListView[] = ['needs-reply', 'trouble'];

function Chip({ view }: { readonly view: ListView }) {
  const t = useT('conversations');
  const format = useFormat();
  const active = usePanel((state) => state.view === view);
  const count = useConversations((state) => state.counts?.[view] ?? 0);
  const atLeast = useConversations((state) => state.isLowerBound);
  const shown = counted.includes(view) && count > 0;
  const number = format.count(count);
  return (
    <button
      type="button"
      className={styles.chip}
      aria-pressed={active}
      data-testid={`view-${view}`}
      data-alarm={view === 'trouble' && count > 0}
      onClick={() => usePanel.getState().setView(view)}
    >
      {t(`view.${view}`)}
      {shown && <span className={styles.chipCount}>{atLeast ? t('view.atLeast', { number }) : number}</span>}
    </button>
  );
}

/** The views of the list; sort and filters at their right. */
export function ListChips() {
  const t = useT('conversations');
  return (
    <div className={styles.chips} role="group" aria-label={t('view.label')}>
      <div className={styles.chipRow}>
        {firstRow.map((view) => (
          <Chip key={view} view={view} />
        ))}
        <span className={styles.gap} />
        <SortMenu />
      </div>
      <div className={styles.chipRow}>
        {secondRow.map((view) => (
          <Chip key={view} view={view} />
        ))}
        <span className={styles.gap} />
        <FilterMenu />
      </div>
    </div>
  );
}
