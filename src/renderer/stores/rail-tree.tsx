import { useRef, useState, type DragEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { useT } from '../i18n/i18n.ts';
import { sameScope, type PanelScope } from '../panel/place.ts';
import { usePanel } from '../panel/panel-store.ts';
import { isComposing } from '../ui/ime.ts';
import { rowScope, type RailRow } from './rail-model.ts';
import { AllRow, SectionRow, StoreRow } from './rail-rows.tsx';
import styles from './stores-rail.module.css';
import { moveStore, toggleSection } from './stores-actions.ts';

const keyOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest('[data-key]')?.getAttribute('data-key') ?? null) : null;

function choose(row: RailRow): void {
  usePanel.getState().setScope(rowScope(row));
}

/** Which line a key leads to from line `at`; null when the key is not one of the tree's. */
function lineFor(key: string, rows: readonly RailRow[], at: number): number | null {
  const row = rows[at];
  const inSection = row?.kind === 'store' ? rows.findIndex((other) => other.key === row.sectionKey) : at;
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
    ArrowLeft: inSection,
    ArrowRight: row?.kind === 'section' && row.count > 0 ? at + 1 : at,
  };
  const wanted = steps[key];
  return wanted === undefined ? null : Math.min(rows.length - 1, Math.max(0, wanted));
}

/** What the dragged store's new group would be over a line: undefined where it can't be dropped. */
function dropGroup(row: RailRow | undefined, rows: readonly RailRow[]): number | null | undefined {
  const heading = row?.kind === 'store' ? rows.find((other) => other.key === row.sectionKey) : row;
  if (heading?.kind !== 'section') return undefined;
  return heading.section.kind === 'group' ? heading.section.group.id : null;
}

interface RailTreeProps {
  readonly rows: readonly RailRow[];
  readonly scope: PanelScope;
  /** The line a context menu is asked for; null on empty ground. */
  readonly onMenu: (row: RailRow | null) => void;
}

/** The lines of the rail as a tree: one stop for Tab, arrows within it, Enter to choose. */
export function RailTree({ rows, scope, onMenu }: RailTreeProps) {
  const t = useT('stores');
  const tree = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState('all');
  const [over, setOver] = useState<string | null>(null);
  const dragged = useRef<number | null>(null);
  const current = rows.some((row) => row.key === focused) ? focused : 'all';
  const find = (target: EventTarget): RailRow | undefined => rows.find((row) => row.key === keyOf(target));

  const focusLine = (row: RailRow | undefined): void => {
    if (row === undefined) return;
    setFocused(row.key);
    tree.current?.querySelector<HTMLElement>(`[data-key="${row.key}"]`)?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rows.findIndex((row) => row.key === keyOf(event.target));
    const row = rows[at];
    if (row === undefined) return;
    const fold = row.kind === 'section' && event.key === (row.collapsed ? 'ArrowRight' : 'ArrowLeft');
    const line = lineFor(event.key, rows, at);
    if (fold) toggleSection(row.key);
    else if (event.key === 'Enter' || event.key === ' ') choose(row);
    else if (line !== null) focusLine(rows[line]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onClick = (event: MouseEvent): void => {
    const row = find(event.target);
    if (row === undefined) return;
    setFocused(row.key);
    const onChevron = event.target instanceof Element && event.target.closest('[data-toggle]') !== null;
    if (onChevron && row.kind === 'section') toggleSection(row.key);
    else choose(row);
  };

  const onDragOver = (event: DragEvent): void => {
    const row = find(event.target);
    if (dragged.current === null || dropGroup(row, rows) === undefined) return setOver(null);
    event.preventDefault();
    setOver(row?.key ?? null);
  };

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const groupId = dropGroup(find(event.target), rows);
    if (dragged.current !== null && groupId !== undefined) void moveStore(dragged.current, groupId);
    setOver(null);
  };

  const draw = (row: RailRow) => {
    const place = {
      rowKey: row.key,
      selected: sameScope(scope, rowScope(row)),
      current: row.key === current,
      over: row.key === over,
    };
    if (row.kind === 'all') return <AllRow key={row.key} {...place} unread={row.unread} />;
    if (row.kind === 'section') return <SectionRow key={row.key} {...place} row={row} />;
    return <StoreRow key={row.key} {...place} store={row.store} />;
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label={t('rail.label')}
      className={styles.tree}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onContextMenuCapture={(event) => onMenu(find(event.target) ?? null)}
      onDragStart={(event) => {
        const row = find(event.target);
        dragged.current = row?.kind === 'store' ? row.store.id : null;
        event.dataTransfer.effectAllowed = 'move';
      }}
      onDragOver={onDragOver}
      onDrop={onDrop}
      onDragEnd={() => setOver(null)}
    >
      {rows.map(draw)}
    </div>
  );
}
