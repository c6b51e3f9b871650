import { IconArrowRight } from '@tabler/icons-react';
import type { ProxyDetails } from '../../../contract/proxies.ts';
import { displayText } from '../../panel/display-text.ts';
import { useProxies } from '../proxies-store.ts';
import { useRowWords } from '../row-words.tsx';
import type { JudgedItem } from './import-model.ts';
import styles from './import-rows.module.css';

type Detail = keyof ProxyDetails;
/** Never shown, neither the old one nor the new. */
const SECRET: readonly Detail[] = ['password', 'rotation'];

/** What a row would change of the proxy that is there: from what to what. */
export function Changes({ item }: { readonly item: JudgedItem }) {
  const { t, moment } = useRowWords();
  const known = useProxies((state) => (item.proxyId === null ? undefined : state.byId.get(item.proxyId)));
  const { details, changes, verdict } = item;
  if (verdict !== 'changed' || details === null || known === undefined) return null;
  const text = (detail: Detail, of: Partial<ProxyDetails>): string => {
    if (detail === 'expiresAt') return moment(of.expiresAt ?? null);
    const value = of[detail];
    return value == null || value === '' ? t('changes.nothing') : displayText(String(value));
  };
  return (
    <ul className={styles.changes} aria-label={t('changes.label')}>
      {changes.map((detail) => (
        <li key={detail}>
          {SECRET.includes(detail) ? (
            t('changes.secret', { what: t(`column.${detail}`) })
          ) : (
            <>
              {t(`column.${detail === 'expiresAt' ? 'ends' : detail}`)}:{' '}
              {text(detail, known as Partial<ProxyDetails>)} <IconArrowRight size={11} aria-hidden />{' '}
              {text(detail, details)}
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
