import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import type { ProxyView } from '../../contract/proxies.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { SiteTag } from '../ui/site-tag.tsx';
import { countryOf, countryOfSite } from './condition.ts';
import { useRowWords } from './row-words.tsx';
import styles from './board-table.module.css';

/** Stores named in a tooltip. */
const NAMED = 5;

/** Where a proxy comes out: seen counts more than said. Marked where the two differ, or a store's site is elsewhere. */
export function Country({ proxy }: { readonly proxy: ProxyView }) {
  const { t, countryName: name } = useRowWords();
  const byId = useStores((state) => state.byId);
  const known = countryOf(proxy);
  if (known === null) return <span className={styles.none}>–</span>;
  const { country: said, check } = proxy;
  const seen = check?.country ?? null;
  const differs = said !== null && seen !== null && said !== seen;
  const unfit = proxy.storeIds
    .flatMap((id) => byId.get(id) ?? [])
    .filter(({ site }) => countryOfSite(site) !== known)
    .map((store) => displayText(`${store.name} ${store.site}`));
  const notes = [
    ...(differs ? [t('country.differs', { said: name(said), seen: name(seen) })] : []),
    ...(unfit.length > 0
      ? [t('country.unfit', { country: name(known), stores: unfit.slice(0, NAMED).join(', ') })]
      : []),
  ];
  if (notes.length === 0) return <SiteTag site={known} />;
  return (
    <span className={styles.differs} title={notes.join('\n')} data-testid="country-note">
      {differs && (
        <>
          <SiteTag site={said} />
          <IconArrowRight size={12} aria-hidden />
        </>
      )}
      <SiteTag site={known} />
      {unfit.length > 0 && <IconAlertTriangle size={13} stroke={1.8} aria-hidden />}
      <span className="visually-hidden">{notes.join(' ')}</span>
    </span>
  );
}
