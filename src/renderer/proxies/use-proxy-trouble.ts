import { useMinute } from '../conversations/minute.ts';
import { conditionOf } from './condition.ts';
import { useProxies } from './proxies-store.ts';

/** React hook: stores that can't leave now, for their proxy has ended, is turned off or did not work when last looked at. */
export function useProxyTrouble(): number {
  const now = useMinute();
  return useProxies(({ proxies }) =>
    proxies.reduce((sum, proxy) => {
      const condition = conditionOf(proxy, now);
      return condition === 'works' || condition === 'unchecked' ? sum : sum + proxy.storeIds.length;
    }, 0),
  );
}
