import type { ConversationRow } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useSettings } from '../settings/settings-store.ts';
import { shownState, useSurroundings } from '../stores/shown-state.ts';
import { StoreStateLine } from '../stores/store-state.tsx';
import { useStores } from '../stores/stores-store.ts';
import { modifierName } from '../ui/kbd.tsx';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import styles from './composer.module.css';

/** React hook: what the keys do here. */
export function useKeysHint(): string {
  const t = useT('composer');
  const sendKey = useSettings((state) => state.settings.sendKey);
  return t(`hint.${sendKey}`, { modifier: modifierName() });
}

/** In whose name the answer goes out; what the keys do, or that this store is in trouble. */
export function ReplyingAs({ row }: { readonly row: ConversationRow }) {
  const t = useT('composer');
  const hint = useKeysHint();
  const store = useStores((stores) => stores.byId.get(row.storeId));
  const around = useSurroundings();
  const state = store === undefined ? 'online' : shownState(store, around);
  const isWell = state === 'online' || state === 'first-read';
  return (
    <div className={styles.head}>
      <span className={styles.as}>{t('as')}</span>
      <PlatformMark platform={row.platform} size={16} />
      <span className={styles.store} data-testid="composer-store">
        {row.storeName}
      </span>
      <SiteTag site={row.site} />
      {isWell ? (
        <span className={styles.hint}>{hint}</span>
      ) : (
        <span className={styles.state} data-testid="composer-store-state">
          <StoreStateLine state={state} />
        </span>
      )}
    </div>
  );
}
