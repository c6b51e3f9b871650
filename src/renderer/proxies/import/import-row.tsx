import { memo } from 'react';
import { displayText } from '../../panel/display-text.ts';
import { Tag } from '../../ui/badge.tsx';
import { rowProps, tabIndexIn, type RowPlace } from '../../ui/row-grid.tsx';
import { SiteTag } from '../../ui/site-tag.tsx';
import { clock } from '../../client.ts';
import { addressOf } from '../condition.ts';
import { useRowWords } from '../row-words.tsx';
import { Changes } from './changes.tsx';
import { Correction } from './correction.tsx';
import type { JudgedItem } from './import-model.ts';
import { leaveOut, useImport } from './import-store.ts';
import { hiddenPassword } from './mask.ts';
import { Readings } from './readings.tsx';
import { RowStores } from './row-stores.tsx';
import styles from './import-rows.module.css';

const tones = {
  new: 'good',
  changed: 'warning',
  duplicate: 'neutral',
  ambiguous: 'warning',
  wrong: 'danger',
} as const;

/** Who signs in at the proxy; the password only when it may be seen. */
function SignIn({ username, password }: { readonly username: string; readonly password: string }) {
  const show = useImport((state) => state.showPasswords);
  if (username === '' && password === '') return null;
  const secret = password === '' ? '' : show ? password : hiddenPassword;
  return (
    <span>
      {' · '}
      {displayText(username)}
      {secret !== '' && `:${secret}`}
    </span>
  );
}

function Proxy({ item }: { readonly item: JudgedItem }) {
  const { details } = item;
  if (details === null) return null;
  const { name, protocol, username, password } = details;
  return (
    <>
      <span className={styles.main}>{name === '' ? addressOf(details) : displayText(name)}</span>
      <span className={styles.under}>
        {protocol}
        {name !== '' && ` · ${addressOf(details)}`}
        <SignIn username={username} password={password} />
      </span>
    </>
  );
}

/** The exact moment of its end, as it was read. */
function Ends({ expiresAt }: { readonly expiresAt: number | null }) {
  const { t, moment } = useRowWords();
  const zone = useImport((state) => state.zone);
  if (expiresAt === null) return <span className={styles.quiet}>{t('ends.permanent')}</span>;
  return (
    <time dateTime={new Date(expiresAt).toISOString()} className={styles.moment}>
      {moment(expiresAt, zone)}
      {expiresAt <= clock.now() && <span className={styles.over}>{t('ends.over')}</span>}
    </time>
  );
}

function Where({ item: { details } }: { readonly item: JudgedItem }) {
  if (details === null) return null;
  const words = [details.provider, details.tag, details.note].filter((word) => word !== '').join(' · ');
  return (
    <span className={styles.words} title={words}>
      {details.country !== null && <SiteTag site={details.country} />} {displayText(words)}
    </span>
  );
}

/** A row that can't be taken as it stands, to be corrected. */
function Wrong({ item, place }: { readonly item: JudgedItem; readonly place: RowPlace }) {
  return (
    <div role="gridcell" className={styles.open}>
      <Correction item={item} place={place} />
    </div>
  );
}

/** A row that was understood, column by column; one that may mean several things keeps them to choose from. */
function Understood({ item, place }: { readonly item: JudgedItem; readonly place: RowPlace }) {
  const { details, row } = item;
  return (
    <>
      <div role="gridcell" className={styles.proxy}>
        <Proxy item={item} />
        <Changes item={item} />
        {row.verdict === 'ambiguous' && <Readings item={item} place={place} />}
      </div>
      <div role="gridcell" className={styles.ends}>
        {details !== null && <Ends expiresAt={details.expiresAt} />}
      </div>
      <div role="gridcell" className={styles.where}>
        <Where item={item} />
      </div>
      <div role="gridcell" className={styles.stores}>
        {details !== null && <RowStores item={item} place={place} />}
      </div>
    </>
  );
}

/** One row of the list with its verdict. */
export const ImportRowLine = memo(function ImportRowLine(props: {
  readonly item: JudgedItem;
  readonly place: RowPlace;
}) {
  const { t } = useRowWords();
  const { item, place } = props;
  const { verdict, details, taken, row } = item;
  return (
    <div {...rowProps(place)} className={styles.row} data-testid="import-row" data-verdict={verdict}>
      <div role="gridcell" className={styles.take}>
        <input
          type="checkbox"
          tabIndex={tabIndexIn(place)}
          aria-label={t('import.take', { row: row.row })}
          checked={taken}
          disabled={details === null || (verdict === 'duplicate' && item.storeIds.length === 0)}
          onChange={() => leaveOut(row.row, taken)}
        />
      </div>
      <div role="rowheader" className={styles.number} data-tabular>
        {row.row}
      </div>
      <div role="gridcell" className={styles.verdict}>
        <Tag tone={tones[verdict]}>{t(`verdict.${verdict}`)}</Tag>
      </div>
      {verdict === 'wrong' ? <Wrong {...props} /> : <Understood {...props} />}
    </div>
  );
});
