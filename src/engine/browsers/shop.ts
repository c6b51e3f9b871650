import type { SellerShop } from '../../channels/seller-centre.ts';
import type { BrowserView } from '../../contract/browsers.ts';
import type { AccountFacts } from './parts.ts';

type Proof = BrowserView['shop'];

export const UNPROVED: Proof = { proof: 'unknown', storeId: null };

/**
 * Whose pages these are, by the shop's id, and the site where one seller has several: a site alone proves nothing. An id
 * of none of the account's stores is another shop's.
 */
export function proveShop(stores: AccountFacts['stores'], { shopId, site }: SellerShop): Proof | null {
  if (shopId === null) return null;
  const byId = stores.filter((store) => store.remoteId === shopId || store.sellerId === shopId);
  if (byId.length === 0) return { proof: 'other', storeId: null };
  const [store, ...more] = site === null ? byId : byId.filter((one) => one.site === site);
  if (store === undefined) return { proof: 'other', storeId: null };
  return more.length === 0 ? { proof: 'proved', storeId: store.id } : UNPROVED;
}
