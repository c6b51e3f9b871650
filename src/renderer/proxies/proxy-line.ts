import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { nameOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';
import { useEndsWords } from './words.ts';

/** React hook: by which proxy a store leaves and when that ends, in one line; null before anything is known. */
export function useProxyLine(storeId: number): string | null {
  const t = useT('proxies');
  const ends = useEndsWords();
  const now = useMinute();
  const loaded = useProxies((state) => state.loaded);
  const proxy = useProxies((state) => state.byStore.get(storeId));
  if (!loaded) return null;
  if (proxy === undefined) return t('rail.menuNone');
  return t('rail.menuNow', { name: displayText(nameOf(proxy)), ends: ends(proxy.expiresAt, now) });
}
