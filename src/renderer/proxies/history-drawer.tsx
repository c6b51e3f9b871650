import { Drawer } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { ApiExits } from './api-exits.tsx';
import { nameOf } from './condition.ts';
import { closeHistory, useHistory } from './history-store.ts';
import { ProxyHistory } from './proxy-history.tsx';
import { useProxies } from './proxies-store.ts';
import { StoreExits } from './store-exits.tsx';
import { storeText } from './store-name.tsx';
import { Traffic } from './traffic.tsx';

/** What was seen of a proxy or of a store before, beside whatever is shown. */
export function HistoryDrawer() {
  const t = useT('proxies');
  const of = useHistory((state) => state.of);
  const proxy = useProxies((state) => (of?.kind === 'proxy' ? state.byId.get(of.id) : undefined));
  const name =
    of?.kind === 'store' ? storeText(of.id) : proxy === undefined ? '' : displayText(nameOf(proxy));
  return (
    <Drawer
      opened={of !== null && (of.kind !== 'proxy' || proxy !== undefined)}
      onClose={closeHistory}
      position="right"
      size={640}
      title={of === null ? '' : t(`history.title.${of.kind}`, { name })}
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 90 }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {of?.kind === 'proxy' && <ProxyHistory key={of.id} proxyId={of.id} />}
      {of?.kind === 'traffic' && <Traffic />}
      {of?.kind === 'exits' && <ApiExits />}
      {of?.kind === 'store' && <StoreExits key={of.id} storeId={of.id} />}
    </Drawer>
  );
}
