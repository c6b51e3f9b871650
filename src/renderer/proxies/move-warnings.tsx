import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import type { MoveWarning } from './bind.ts';
import { countryOf, nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { storeText } from './store-name.tsx';
import type { Weighed } from './use-weighed.ts';
import { useConditionText, useCountryName, useProxyError } from './words.ts';
import { clock } from '../client.ts';
import styles from './dialogs.module.css';

/** Named one by one; the others are counted. */
const NAMED = 8;

/** React hook: a warning as a sentence. */
function useWarningText(): (warning: MoveWarning) => string {
  const t = useT('proxies');
  const format = useFormat();
  const countryName = useCountryName();
  const conditionText = useConditionText();
  const stores = useStores((state) => state.byId);
  const { byId, byStore } = useProxies();
  return ({ kind, storeId, otherStoreId, at, proxyId }) => {
    const proxy = proxyId === null ? undefined : byId.get(proxyId);
    const former = byStore.get(storeId);
    const country = (one: typeof proxy): string => {
      const letters = one === undefined ? null : countryOf(one);
      return letters === null ? t('country.unknown') : countryName(letters);
    };
    const site = stores.get(storeId)?.site;
    return t(`warning.${kind}`, {
      store: storeText(storeId),
      other: otherStoreId === null ? t('warning.someStore') : storeText(otherStoreId),
      at: at === null ? t('warning.someTime') : format.full(at),
      proxy: proxy === undefined ? '' : displayText(nameOf(proxy)),
      country: country(proxy),
      from: country(former),
      site: site === undefined ? t('country.unknown') : countryName(site),
      what: proxy === undefined ? '' : conditionText(proxy, clock.now()),
    });
  };
}

/** What a person should know before stores leave by another proxy, in plain words. */
export function MoveWarnings({ weighed: { warnings, error, again } }: { readonly weighed: Weighed }) {
  const t = useT('proxies');
  const errorText = useProxyError();
  const text = useWarningText();
  return (
    <div role="status" className={styles.warnings} data-testid="move-warnings">
      {error !== null && (
        <p className={styles.problem}>
          {t('warning.notAsked', { reason: errorText(error) })}{' '}
          <Button variant="default" size="compact-xs" onClick={again}>
            {t('action.retry')}
          </Button>
        </p>
      )}
      {error === null && warnings === null && <Loader size={14} aria-label={t('warning.asking')} />}
      {warnings !== null && warnings.length > 0 && (
        <ul>
          {warnings.slice(0, NAMED).map((warning, index) => (
            <li key={index} data-kind={warning.kind}>
              <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
              <span>{text(warning)}</span>
            </li>
          ))}
          {warnings.length > NAMED && (
            <li>
              <span>{t('warning.more', { count: warnings.length - NAMED })}</span>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}
