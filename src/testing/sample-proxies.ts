import type { StoreView } from '../contract/models.ts';
import type { ProxyCheck, ProxyView } from '../contract/proxies.ts';

let made = 0;

/** A proxy as a page shows it: permanent, unused and not looked at yet unless told otherwise. */
export function sampleProxy(given: Partial<ProxyView> = {}): ProxyView {
  made += 1;
  return {
    id: made,
    protocol: 'http',
    host: `10.0.${Math.floor(made / 250)}.${made % 250}`,
    port: 8080,
    username: '',
    hasPassword: false,
    hasRotation: false,
    name: '',
    provider: '',
    tag: '',
    note: '',
    country: null,
    expiresAt: null,
    state: 'ready',
    storeIds: [],
    appIds: [],
    check: null,
    sameEgress: [],
    budget: null,
    used: 0,
    ...given,
  };
}

/** A look at a proxy that found it working. */
export function sampleCheck(given: Partial<ProxyCheck> = {}): ProxyCheck {
  return {
    at: 1,
    error: null,
    latencyMs: 120,
    egressV4: '203.0.113.7',
    egressV6: null,
    country: null,
    city: null,
    ...given,
  };
}

/** A store of an account of its own. */
export function sampleStore(given: Partial<StoreView> & Pick<StoreView, 'id'>): StoreView {
  return {
    accountId: given.id,
    platform: 'shopee',
    site: 'SG',
    name: 'Nusa Living',
    connection: 'api',
    groupId: null,
    state: 'online',
    error: null,
    proxyStop: null,
    lastSyncAt: null,
    unread: 0,
    needsReply: 0,
    maxTextLength: 1000,
    sends: { cards: [], image: null, voucherCode: false },
    ...given,
  };
}
