import { IconArrowUp } from '@tabler/icons-react';
import { useCallback } from 'react';
import { Virtuoso } from 'react-virtuoso';
import type { ConversationRow as Row } from '../../contract/models.ts';
import { focusComposer } from '../composer/composer-focus.ts';
import { useT } from '../i18n/i18n.ts';
import { step } from '../panel/actions.ts';
import { usePanel } from '../panel/panel-store.ts';
import { useSettings } from '../settings/settings-store.ts';
import { isComposing } from '../ui/ime.ts';
import { ConversationRow, rowDomId } from './conversation-row.tsx';
import { listHold, loadMoreConversations, showWaiting, useConversations } from './conversations-store.ts';
import { listMost } from './list-query.ts';
import { useListScroll } from './use-list-scroll.ts';
import styles from './conversation-list.module.css';

const comfortableHeight = 76;
const compactHeight = 48;
const drawnBeyond = 400;

interface ListContext {
  readonly selectedId: number | null;
  readonly leftIds: ReadonlySet<number>;
  readonly compact: boolean;
  readonly total: number;
}

const rowKey = (_index: number, row: Row): number => row.id;

/** A click is the wish to answer: letters typed after it are text, not keys of the panel. */
function select(conversationId: number): void {
  usePanel.getState().select(conversationId);
  focusComposer(conversationId);
}

function drawRow(index: number, row: Row, context: ListContext) {
  const { selectedId, leftIds, compact, total } = context;
  return (
    <ConversationRow
      row={row}
      selected={row.id === selectedId}
      left={leftIds.has(row.id)}
      compact={compact}
      position={index + 1}
      total={total}
      onSelect={select}
    />
  );
}

function Footer() {
  const t = useT('conversations');
  const hidden = useConversations(
    (state) => state.rows.length >= listMost && state.total > state.rows.length,
  );
  return hidden ? <p className={styles.footer}>{t('list.more', { count: listMost })}</p> : null;
}

const components = { Footer };

function onKeyDown(event: React.KeyboardEvent): void {
  if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  event.preventDefault();
  listHold.hold('key');
  step(event.key === 'ArrowDown' ? 1 : -1);
}

/** Over the first rows: what waits until the rows may move, else what came in above. */
function TopPill({ above, toTop }: { readonly above: number; readonly toTop: () => void }) {
  const t = useT('conversations');
  const waiting = useConversations((state) => state.waiting);
  if (waiting > 0) {
    return (
      <button
        type="button"
        className={styles.above}
        data-new
        data-testid="rows-waiting"
        onClick={showWaiting}
      >
        {t('list.waiting', { count: waiting })}
      </button>
    );
  }
  if (above <= 0) return null;
  return (
    <button type="button" className={styles.above} data-testid="rows-above" onClick={toTop}>
      <IconArrowUp size={13} aria-hidden />
      {t('list.above', { count: above })}
    </button>
  );
}

/** The rows: only those in view are drawn; the arrow keys walk through them while the list has the focus. */
export function ListBody() {
  const t = useT('conversations');
  const rows = useConversations((state) => state.rows);
  const leftIds = useConversations((state) => state.leftIds);
  const total = useConversations((state) => Math.max(state.total, state.rows.length));
  const shownKey = useConversations((state) => state.shownKey);
  const selectedId = usePanel((state) => state.selectedId);
  const compact = useSettings((state) => state.settings.density === 'compact');
  const rowHeight = compact ? compactHeight : comfortableHeight;
  const { attach, above, toTop } = useListScroll({ rows, rowHeight, shownKey, selectedId });
  const context: ListContext = { selectedId, leftIds, compact, total };
  const endReached = useCallback(() => loadMoreConversations(), []);
  return (
    <>
      <Virtuoso<Row, ListContext>
        key={rowHeight}
        className={styles.rows ?? ''}
        role="listbox"
        aria-label={t('list.label')}
        aria-activedescendant={
          rows.some((row) => row.id === selectedId) ? rowDomId(selectedId ?? 0) : undefined
        }
        data-testid="conversation-list"
        data={rows as Row[]}
        context={context}
        fixedItemHeight={rowHeight}
        increaseViewportBy={drawnBeyond}
        computeItemKey={rowKey}
        itemContent={drawRow}
        components={components}
        endReached={endReached}
        scrollerRef={attach}
        onKeyDown={onKeyDown}
      />
      <TopPill above={above} toTop={toTop} />
    </>
  );
}
