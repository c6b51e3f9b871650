import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ProxyView } from '../../contract/proxies.ts';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { askAbout } from './board-store.ts';
import { conditionOf, nameOf } from './condition.ts';
import { ConditionMark } from './condition-mark.tsx';
import { useProxies } from './proxies-store.ts';
import { StoreName } from './store-name.tsx';
import { useConditionText, useCountryName } from './words.ts';
import styles from './edit-drawer.module.css';

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What the newest look at it found. */
function Seen({ proxy }: { readonly proxy: ProxyView }) {
  const t = useT('proxies');
  const format = useFormat();
  const countryName = useCountryName();
  const byId = useProxies((state) => state.byId);
  const { check, sameEgress } = proxy;
  if (check === null) return null;
  const place = [
    check.city === null ? null : displayText(check.city),
    check.country === null ? null : countryName(check.country),
  ];
  const others = sameEgress.flatMap((id) => byId.get(id) ?? []).map((other) => displayText(nameOf(other)));
  return (
    <>
      <Fact title={t('column.egress')}>
        {[check.egressV4, check.egressV6].filter((ip) => ip !== null).join(', ') || '–'}
        {others.length > 0 && (
          <p className={styles.shared}>{t('egress.sharedWith', { names: others.join(', ') })}</p>
        )}
      </Fact>
      <Fact title={t('check.place')}>{place.filter((part) => part !== null).join(', ') || '–'}</Fact>
      {check.latencyMs !== null && (
        <Fact title={t('column.latency')}>{t('check.ms', { ms: format.number(check.latencyMs) })}</Fact>
      )}
      <Fact title={t('check.last')}>{format.full(check.at)}</Fact>
    </>
  );
}

/** What is known of a proxy beside what a person says of it. */
export function EditFacts({ proxy }: { readonly proxy: ProxyView }) {
  const t = useT('proxies');
  const now = useMinute();
  const condition = useConditionText();
  const byId = useStores((state) => state.byId);
  const stores = proxy.storeIds.flatMap((id) => byId.get(id) ?? []);
  return (
    <dl className={styles.facts}>
      <Fact title={t('column.state')}>
        <span className={styles.condition}>
          <ConditionMark condition={conditionOf(proxy, now)} />
          {condition(proxy, now)}
        </span>
      </Fact>
      <Seen proxy={proxy} />
      <Fact title={t('column.stores')}>
        <div className={styles.stores}>
          {stores.length === 0 && t('stores.none')}
          {stores.map((store) => (
            <StoreName key={store.id} store={store} />
          ))}
          <Button variant="default" size="compact-xs" onClick={() => askAbout('assign', [proxy.id])}>
            {t('act.assign')}
          </Button>
        </div>
      </Fact>
    </dl>
  );
}
