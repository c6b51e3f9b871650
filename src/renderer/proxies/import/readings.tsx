import { useId } from 'react';
import type { ProxyDetails } from '../../../contract/proxies.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { displayText } from '../../panel/display-text.ts';
import { tabIndexIn, type RowPlace } from '../../ui/row-grid.tsx';
import { addressOf } from '../condition.ts';
import { useRowWords } from '../row-words.tsx';
import type { JudgedItem } from './import-model.ts';
import { pickReading, useImport } from './import-store.ts';
import { hiddenPassword, maskLine } from './mask.ts';
import styles from './import-rows.module.css';

/** A reading in words: only what it says, so that two of them can be told apart. */
function wordsOf(
  reading: ProxyDetails,
  t: Translate,
  show: boolean,
  moment: (at: number | null) => string,
): string {
  const said = [
    reading.protocol,
    addressOf(reading),
    reading.username !== '' && t('reading.username', { text: displayText(reading.username) }),
    reading.password !== '' && t('reading.password', { text: show ? reading.password : hiddenPassword }),
    reading.rotation !== '' && t('reading.rotation'),
    reading.country !== null && t('reading.country', { text: reading.country }),
    reading.expiresAt !== null && t('reading.ends', { text: moment(reading.expiresAt) }),
    reading.name !== '' && t('reading.name', { text: displayText(reading.name) }),
    reading.note !== '' && t('reading.note', { text: displayText(reading.note) }),
  ];
  return said.filter((part) => part !== false).join(' · ');
}

/** What an ambiguous row may mean; the person says which. */
export function Readings({ item, place }: { readonly item: JudgedItem; readonly place: RowPlace }) {
  const { t, moment } = useRowWords();
  const zone = useImport((state) => state.zone);
  const show = useImport((state) => state.showPasswords);
  const group = useId();
  const { row, picked } = item;
  return (
    <fieldset className={styles.readings}>
      <legend>
        {t('reading.legend')} <code>{show ? row.source : maskLine(row.source)}</code>
      </legend>
      {row.readings.map((reading, index) => (
        <label key={index} className={styles.reading}>
          <input
            type="radio"
            name={group}
            tabIndex={tabIndexIn(place)}
            checked={picked === index}
            onChange={() => pickReading(row.row, index)}
          />
          {wordsOf(reading, t, show, (at) => moment(at, zone))}
        </label>
      ))}
    </fieldset>
  );
}
