import { IconAlertTriangle, IconDots } from '@tabler/icons-react';
import { memo, useState, type MouseEvent } from 'react';
import type { ProxyView } from '../../contract/proxies.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { rowProps, tabIndexIn, type RowPlace } from '../ui/row-grid.tsx';
import { giveSpare } from './binding-store.ts';
import { Country } from './board-country.tsx';
import { choose, editProxy, useBoard } from './board-store.ts';
import { addressOf, conditionOf, isSpare, isUnused, nameOf, nearnessOf } from './condition.ts';
import { ConditionMark } from './condition-mark.tsx';
import { useRowWords } from './row-words.tsx';
import { StoreName } from './store-name.tsx';
import { nearBudget } from './traffic-model.ts';
import styles from './board-table.module.css';

/** Stores named in a row; the others are counted. */
const NAMED = 1;

interface RowProps {
  readonly proxy: ProxyView;
  readonly place: RowPlace;
  /** Of the same country, where its stores need another proxy. */
  readonly spare: ProxyView | null;
  readonly now: number;
  /** The rows as they are shown, for choosing a stretch of them. */
  readonly ids: readonly number[];
}

/** The last row that was chosen with the pointer: where a stretch begins. */
let anchor: number | null = null;

function Chooser({ proxy, place, ids }: Pick<RowProps, 'proxy' | 'place' | 'ids'>) {
  const { t } = useRowWords();
  const on = useBoard((state) => state.chosen.has(proxy.id));
  const press = (event: MouseEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    const from = anchor === null ? -1 : ids.indexOf(anchor);
    const to = ids.indexOf(proxy.id);
    const stretch =
      event.shiftKey && from !== -1 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [proxy.id];
    choose(stretch, !on);
    anchor = proxy.id;
  };
  return (
    <div role="gridcell" className={`${styles.cell} ${styles.pick}`}>
      <input
        type="checkbox"
        tabIndex={tabIndexIn(place)}
        aria-label={t('choose.one', { name: displayText(nameOf(proxy)) })}
        checked={on}
        onClick={press}
        onChange={() => undefined}
      />
    </div>
  );
}

function Egress({ proxy }: { readonly proxy: ProxyView }) {
  const { t } = useRowWords();
  const { check, sameEgress } = proxy;
  const [v4, v6] = [check?.egressV4 ?? null, check?.egressV6 ?? null];
  const shared = sameEgress.length === 0 ? null : t('egress.shared', { count: sameEgress.length });
  const title = [v6, shared].filter((part) => part !== null).join('\n');
  return (
    <>
      <span
        className={shared === null ? styles.line : styles.differs}
        title={title || undefined}
        data-tabular
      >
        <span className={styles.line}>{v4 ?? v6 ?? <span className={styles.none}>–</span>}</span>
        {shared !== null && <IconAlertTriangle size={13} stroke={1.8} className={styles.sign} aria-hidden />}
      </span>
      {shared !== null && <span className={styles.shared}>{shared}</span>}
    </>
  );
}

function Stores({ proxy, place, spare, now }: Omit<RowProps, 'ids'>) {
  const { t } = useRowWords();
  const byId = useStores((state) => state.byId);
  const [busy, setBusy] = useState(false);
  const stores = proxy.storeIds.flatMap((id) => byId.get(id) ?? []);
  const more = proxy.storeIds.length - NAMED;
  const use = async (event: MouseEvent): Promise<void> => {
    event.stopPropagation();
    if (spare === null) return;
    setBusy(true);
    await giveSpare(proxy.storeIds, spare.id);
    setBusy(false);
  };
  if (isUnused(proxy)) {
    return <span className={styles.quiet}>{t(isSpare(proxy, now) ? 'stores.spare' : 'stores.unused')}</span>;
  }
  return (
    <>
      <span className={styles.named} title={stores.map(({ name, site }) => `${name} ${site}`).join('\n')}>
        {stores.slice(0, NAMED).map((store) => (
          <StoreName key={store.id} store={store} />
        ))}
        {more > 0 && <span className={styles.quiet}>{t('stores.more', { count: more })}</span>}
        {proxy.appIds.length > 0 && <span className={styles.quiet}>{t('stores.apiExit')}</span>}
      </span>
      {spare !== null && (
        <button
          type="button"
          tabIndex={tabIndexIn(place)}
          className={styles.spare}
          disabled={busy}
          title={t('spare.hint', { name: displayText(nameOf(spare)) })}
          data-testid="use-spare"
          onClick={(event) => void use(event)}
        >
          {t('spare.use', { name: displayText(nameOf(spare)) })}
        </button>
      )}
    </>
  );
}

function Ends({ proxy, now }: Pick<RowProps, 'proxy' | 'now'>) {
  const { ends, moment } = useRowWords();
  const { expiresAt } = proxy;
  const text = ends(expiresAt, now);
  if (expiresAt === null) return <span className={styles.quiet}>{text}</span>;
  return (
    <time
      className={styles.near}
      data-near={nearnessOf(expiresAt, now)}
      dateTime={new Date(expiresAt).toISOString()}
      title={moment(expiresAt)}
    >
      {text}
    </time>
  );
}

function State({ proxy, now }: Pick<RowProps, 'proxy' | 'now'>) {
  const { t, format, condition: conditionText } = useRowWords();
  const text = conditionText(proxy, now);
  const condition = conditionOf(proxy, now);
  const checked = proxy.check === null ? '' : t('check.at', { at: format.full(proxy.check.at) });
  const near = nearBudget(proxy);
  return (
    <span
      className={styles.condition}
      data-condition={condition}
      title={checked === '' ? text : `${text}\n${checked}`}
    >
      <ConditionMark condition={condition} />
      <span className={styles.line}>{text}</span>
      {near !== null && (
        <span className={styles.near} data-near={near >= 100 ? 'over' : 'three'} data-testid="near-budget">
          {t('traffic.near', { percent: format.number(near) })}
        </span>
      )}
    </span>
  );
}

function More({ place }: { readonly place: RowPlace }) {
  const { t } = useRowWords();
  const open = (event: MouseEvent<HTMLElement>): void => {
    event.stopPropagation();
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    const init = { bubbles: true, cancelable: true, clientX: left, clientY: bottom };
    event.currentTarget.dispatchEvent(new window.MouseEvent('contextmenu', init));
  };
  return (
    <button
      type="button"
      tabIndex={tabIndexIn(place)}
      className={styles.more}
      aria-label={t('act.more')}
      aria-haspopup="menu"
      title={t('act.more')}
      onClick={open}
    >
      <IconDots size={16} stroke={1.8} aria-hidden />
    </button>
  );
}

/** One proxy. A press opens it, the box chooses it. */
export const BoardRow = memo(function BoardRow({ proxy, place, spare, now, ids }: RowProps) {
  const { t, format } = useRowWords();
  const chosen = useBoard((state) => state.chosen.has(proxy.id));
  const { latencyMs = null } = proxy.check ?? {};
  const cell = (column: string): string => `${styles.cell} ${styles[column]}`;
  return (
    <div
      {...rowProps(place)}
      role="row"
      className={styles.row}
      aria-selected={chosen}
      data-testid="proxy-row"
      data-condition={conditionOf(proxy, now)}
      onClick={() => editProxy(proxy.id)}
    >
      <Chooser proxy={proxy} place={place} ids={ids} />
      <div role="rowheader" className={cell('name')}>
        <span className={styles.nameText}>{displayText(nameOf(proxy))}</span>
        <span className={styles.under}>
          {proxy.name === '' ? displayText(proxy.username) : addressOf(proxy)}
        </span>
      </div>
      <div role="gridcell" className={cell('protocol')}>
        {proxy.protocol}
      </div>
      <div role="gridcell" className={cell('country')}>
        <Country proxy={proxy} />
      </div>
      <div role="gridcell" className={cell('egress')}>
        <Egress proxy={proxy} />
      </div>
      <div role="gridcell" className={cell('latency')} data-tabular>
        {latencyMs === null ? (
          <span className={styles.none}>–</span>
        ) : (
          t('check.ms', { ms: format.number(latencyMs) })
        )}
      </div>
      <div role="gridcell" className={cell('stores')}>
        <Stores proxy={proxy} place={place} spare={spare} now={now} />
      </div>
      <div role="gridcell" className={cell('provider')}>
        <span className={styles.line}>{displayText(proxy.provider)}</span>
      </div>
      <div role="gridcell" className={cell('tag')}>
        <span className={styles.line}>{displayText(proxy.tag)}</span>
      </div>
      <div role="gridcell" className={cell('ends')}>
        <Ends proxy={proxy} now={now} />
      </div>
      <div role="gridcell" className={cell('state')}>
        <State proxy={proxy} now={now} />
      </div>
      <div role="gridcell" className={cell('menu')}>
        <More place={place} />
      </div>
    </div>
  );
});
