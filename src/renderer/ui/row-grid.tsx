import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Virtuoso, type VirtuosoHandle } from 'react-virtuoso';
import { isComposing } from './ime.ts';
import styles from './row-grid.module.css';
import { stepTo } from './row-grid-keys.ts';
import { useFocusStays } from './use-focus-stays.ts';

const drawnBeyond = 300;

/** What a row needs to know of its place. */
export interface RowPlace {
  readonly rowId: number;
  readonly index: number;
  /** The one row that Tab reaches; what can be pressed in it can be reached from there, in other rows it can't. */
  readonly current: boolean;
}

/** What every row's own element bears. */
export function rowProps({ rowId, index, current }: RowPlace) {
  return {
    role: 'row',
    'data-row': rowId,
    'aria-rowindex': index + 2,
    tabIndex: current ? 0 : -1,
  } as const;
}

/** For whatever can be pressed within a row. */
export const tabIndexIn = ({ current }: RowPlace): 0 | -1 => (current ? 0 : -1);

interface RowGridProps<T> {
  readonly label: string;
  readonly testId: string;
  readonly rows: readonly T[];
  readonly idOf: (row: T) => number;
  /** An element with role `row`. */
  readonly header: ReactNode;
  readonly drawRow: (row: T, place: RowPlace) => ReactNode;
  /** A key pressed on a row itself that is not for moving about; true if it was used. */
  readonly onRowKey?: (event: KeyboardEvent, index: number) => boolean;
  readonly multiselectable?: boolean;
  /** Where all rows are of one height. */
  readonly rowHeight?: number;
}

const isField = (target: Element): boolean =>
  target.matches('input:not([type=checkbox]), textarea, select, [role=combobox]');

/** Thousands of rows under one header: one stop for Tab, arrows from row to row, only what is in view is drawn. */
export function RowGrid<T>(props: RowGridProps<T>) {
  const { label, testId, rows, idOf, header, drawRow, onRowKey, multiselectable = false, rowHeight } = props;
  const grid = useRef<HTMLDivElement>(null);
  const virtuoso = useRef<VirtuosoHandle>(null);
  const [focused, setFocused] = useState<number | null>(null);
  useFocusStays(grid);
  const hasFocused = focused !== null && rows.some((row) => idOf(row) === focused);
  const [first] = rows;
  const currentId = hasFocused ? focused : first === undefined ? null : idOf(first);

  const focusRow = useCallback(
    (index: number): void => {
      const row = rows[index];
      if (row === undefined) return;
      const id = idOf(row);
      setFocused(id);
      const focus = (): void =>
        grid.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus({ preventScroll: true });
      virtuoso.current?.scrollIntoView({ index, done: focus });
      focus();
    },
    [rows, idOf],
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || !(event.target instanceof Element) || isField(event.target)) return;
    const onGrid = event.target === grid.current;
    const rowElement = event.target.closest<HTMLElement>('[data-row]');
    const id = onGrid ? currentId : Number(rowElement?.dataset['row']);
    const index = rows.findIndex((row) => idOf(row) === id);
    if (index === -1) return;
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    const step = isModified ? null : stepTo(event.key, index, rows.length);
    const used = event.target === rowElement && onRowKey?.(event, index) === true;
    if (step !== null) focusRow(onGrid ? index : step);
    if (step !== null || used) event.preventDefault();
  };

  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={multiselectable}
      className={styles.grid}
      data-testid={testId}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const id = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
        if (id !== undefined) setFocused(Number(id));
      }}
    >
      {header}
      <Virtuoso<T>
        ref={virtuoso}
        role="rowgroup"
        className={styles.rows ?? ''}
        tabIndex={-1}
        data={rows as T[]}
        increaseViewportBy={drawnBeyond}
        computeItemKey={(_index, row) => idOf(row)}
        itemContent={(index, row) =>
          drawRow(row, { rowId: idOf(row), index, current: idOf(row) === currentId })
        }
        {...(rowHeight === undefined ? {} : { fixedItemHeight: rowHeight })}
      />
    </div>
  );
}
