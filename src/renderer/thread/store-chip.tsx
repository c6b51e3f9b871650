import type { ConversationRow } from '../../contract/models.ts';
import { NoProxyMark, useLeavesBy } from '../proxies/no-proxy-mark.tsx';
import { platformLine } from '../ui/platform-line.ts';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import styles from './thread-head.module.css';

/** The store a conversation belongs to: mark, name and site, with the platform's colour as a line; how it leaves is its tooltip. */
export function StoreChip({
  row,
}: {
  readonly row: Pick<ConversationRow, 'platform' | 'storeId' | 'storeName' | 'site'>;
}) {
  const leavesBy = useLeavesBy(row.storeId);
  return (
    <span
      className={styles.chip}
      title={leavesBy.join('\n')}
      style={{ borderLeftColor: platformLine(row.platform) }}
      data-testid="thread-store"
    >
      <PlatformMark platform={row.platform} size={16} />
      <span className={styles.chipName}>{row.storeName}</span>
      <SiteTag site={row.site} />
      <NoProxyMark storeId={row.storeId} />
    </span>
  );
}
