import type { StoreView } from '../../contract/models.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import styles from './store-name.module.css';

/** A store's mark, name and site in one line. */
export function StoreName({ store }: { readonly store: StoreView }) {
  return (
    <span className={styles.store}>
      <PlatformMark platform={store.platform} size={15} />
      <span className={styles.name}>{displayText(store.name)}</span>
      <SiteTag site={store.site} />
    </span>
  );
}

/** A store's name and site as plain text, as they are now; its number where it is not known. */
export function storeText(storeId: number): string {
  const store = useStores.getState().byId.get(storeId);
  return store === undefined ? `#${storeId}` : `${displayText(store.name)} ${store.site}`;
}
