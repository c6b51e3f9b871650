import { Menu } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ProxyView } from '../../contract/proxies.ts';
import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { useStores } from '../stores/stores-store.ts';
import { RowGrid, type RowPlace } from '../ui/row-grid.tsx';
import type { BoardColumn } from './board-model.ts';
import { BoardRow } from './board-row.tsx';
import { choose, chooseNone, editProxy, sortBoard, useBoard } from './board-store.ts';
import { ProxyMenuItems } from './proxy-menu.tsx';
import { RowWordsProvider } from './row-words.tsx';
import { useProxies } from './proxies-store.ts';
import { offerSpares } from './spares.ts';
import styles from './board-table.module.css';

/** As high in the style sheet. */
const ROW_HEIGHT = 47;
const columns: readonly BoardColumn[] = [
  'name',
  'protocol',
  'country',
  'egress',
  'latency',
  'stores',
  'provider',
  'tag',
  'ends',
  'state',
];

function Heading({ column }: { readonly column: BoardColumn }) {
  const t = useT('proxies');
  const { by, down } = useBoard((state) => state.sort);
  const isBy = by === column;
  const Sign = down ? IconChevronDown : IconChevronUp;
  return (
    <div
      role="columnheader"
      className={`${styles.cell} ${styles[column]}`}
      aria-sort={isBy ? (down ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" className={styles.heading} onClick={() => sortBoard(column)}>
        {t(`column.${column}`)}
        {isBy && <Sign size={12} stroke={2} aria-hidden />}
      </button>
    </div>
  );
}

function Header({ ids }: { readonly ids: readonly number[] }) {
  const t = useT('proxies');
  const chosen = useBoard((state) => state.chosen);
  const some = ids.some((id) => chosen.has(id));
  const all = some && ids.every((id) => chosen.has(id));
  return (
    <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.header}`}>
      <div role="columnheader" className={`${styles.cell} ${styles.pick}`}>
        <input
          type="checkbox"
          aria-label={t('choose.all')}
          checked={all}
          ref={(box) => {
            if (box !== null) box.indeterminate = some && !all;
          }}
          onChange={() => choose(ids, !all)}
        />
      </div>
      {columns.map((column) => (
        <Heading key={column} column={column} />
      ))}
      <div role="columnheader" className={`${styles.cell} ${styles.menu}`}>
        <span className="visually-hidden">{t('column.menu')}</span>
      </div>
    </div>
  );
}

/** What is done with keys on a row. Shift with an arrow chooses on the way, as lists do. */
function onRowKey(event: KeyboardEvent, index: number, ids: readonly number[]): boolean {
  const id = ids[index];
  if (id === undefined) return false;
  const { chosen } = useBoard.getState();
  const isModified = event.ctrlKey || event.metaKey;
  if (event.key === ' ') choose([id], !chosen.has(id));
  else if (event.key === 'Enter') editProxy(id);
  else if (isModified && event.key.toLowerCase() === 'a') choose(ids, true);
  else if (event.key === 'Escape' && chosen.size > 0) chooseNone();
  else {
    const next = ids[index + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0)];
    if (event.shiftKey && next !== undefined && next !== id) choose([id, next], true);
    return false;
  }
  return true;
}

/** The proxies as a table: quick with thousands, sorted by its headings, everything by keyboard too. */
export function BoardTable({ proxies }: { readonly proxies: readonly ProxyView[] }) {
  const t = useT('proxies');
  const all = useProxies((state) => state.proxies);
  const stores = useStores((state) => state.byId);
  const now = useMinute();
  const [menuFor, setMenuFor] = useState<number | null>(null);
  const spares = useMemo(() => offerSpares(all, stores, now), [all, stores, now]);
  const ids = useMemo(() => proxies.map(({ id }) => id), [proxies]);
  const draw = (proxy: ProxyView, place: RowPlace): ReactNode => (
    <BoardRow proxy={proxy} place={place} spare={spares.get(proxy.id) ?? null} now={now} ids={ids} />
  );
  const remember = (target: EventTarget): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    setMenuFor(row === null ? null : Number(row.dataset['row']));
  };
  return (
    <Menu position="bottom-start" width={210}>
      <Menu.ContextMenu>
        <div className={styles.table} onContextMenuCapture={(event) => remember(event.target)}>
          <RowWordsProvider>
            <RowGrid<ProxyView>
              label={t('board.label')}
              testId="proxies-table"
              rows={proxies}
              idOf={idOf}
              header={<Header ids={ids} />}
              drawRow={draw}
              onRowKey={(event, index) => onRowKey(event, index, ids)}
              multiselectable
              rowHeight={ROW_HEIGHT}
            />
          </RowWordsProvider>
        </div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        <ProxyMenuItems proxyId={menuFor} />
      </Menu.Dropdown>
    </Menu>
  );
}

const idOf = ({ id }: ProxyView): number => id;
