import { IconArrowUpRight } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import styles from './no-proxy-mark.module.css';

/** A quiet arrow on a store that leaves directly; nothing on one that has a proxy, and while nothing is known. */
export function NoProxyMark({
  storeId,
  corner = false,
}: {
  readonly storeId: number;
  /** At the corner of the platform's mark, where it takes no room. */
  readonly corner?: boolean;
}) {
  const t = useT('proxies');
  const isDirect = useProxies((state) => state.loaded && !state.byStore.has(storeId));
  if (!isDirect) return null;
  return (
    <span
      className={styles.mark}
      data-corner={corner}
      role="img"
      aria-label={t('rail.none')}
      data-testid="no-proxy"
    >
      <IconArrowUpRight size={corner ? 10 : 12} stroke={corner ? 2.4 : 2} aria-hidden />
    </span>
  );
}

/** React hook: by which proxy and address a store leaves, line by line; empty while nothing is known. */
export function useLeavesBy(storeId: number): readonly string[] {
  const t = useT('proxies');
  const loaded = useProxies((state) => state.loaded);
  const proxy = useProxies((state) => state.byStore.get(storeId));
  if (!loaded) return [];
  if (proxy === undefined) return [t('rail.leavesDirectly')];
  const ip = proxy.check?.egressV4 ?? proxy.check?.egressV6 ?? null;
  const by = t('rail.leavesBy', { name: displayText(nameOf(proxy)) });
  return ip === null ? [by] : [by, t('rail.address', { ip })];
}
