import type { PlatformId } from '../contract/models.ts';
import type { SentContent } from './contents.ts';
import { hashOf, pictureOf } from './pictures.ts';
import type { Place } from './places.ts';
import type { PlannedSend } from './sends.ts';

/** What a shop of the sandbox has that can be sent as a card. */
export interface ShopGoods {
  readonly platform: PlatformId;
  readonly shopId: string;
  readonly site: string;
  readonly name: string;
  readonly products: readonly { readonly itemId: string }[];
  readonly vouchers: readonly { readonly voucherId: string; readonly code: string }[];
}

/** A send with what it holds. */
export interface Send {
  readonly seq: number;
  readonly place: number;
  readonly content: SentContent;
}

/** Order numbers that a buyer must have spoken of before they can be sent as cards. */
export interface OrdersOfShop {
  readonly shop: ShopGoods;
  readonly orderIds: readonly string[];
}

/** A number of an order nobody else has: 15 digits, which every platform's orders may be. */
const orderId = (seq: number): string => String(970_000_000_000_000 + seq);

function shopOf({ platform, site, storeName }: Place, shops: readonly ShopGoods[]): ShopGoods {
  const found = shops.find(
    (shop) => shop.platform === platform && shop.site === site && shop.name === storeName,
  );
  if (found === undefined) throw new Error(`The sandbox has no shop ${platform} ${site} ${storeName}.`);
  return found;
}

/** A thing of the shop that this place has not been sent yet; an order where there is none left. */
function cardOf(kind: PlannedSend['kind'], seq: number, shop: ShopGoods, sent: Set<string>): SentContent {
  const fresh = (reference: string): boolean => !sent.has(`${kind} ${reference}`);
  const product = kind === 'product' ? shop.products.find(({ itemId }) => fresh(itemId)) : undefined;
  const voucher = kind === 'voucher' ? shop.vouchers.find(({ voucherId }) => fresh(voucherId)) : undefined;
  if (product !== undefined) return { kind: 'product', reference: product.itemId, code: null };
  if (voucher === undefined) return { kind: 'order', reference: orderId(seq), code: null };
  return { kind: 'voucher', reference: voucher.voucherId, code: voucher.code };
}

/** Gives every planned send what it holds. No two of one place hold the same. */
export function chooseContents(
  plan: readonly PlannedSend[],
  places: readonly Place[],
  shops: readonly ShopGoods[],
): Send[] {
  const sent = places.map(() => new Set<string>());
  return plan.map(({ seq, place, kind, text }): Send => {
    if (kind === 'text') return { seq, place, content: { kind, text } };
    if (kind === 'image') return { seq, place, content: { kind, hash: hashOf(pictureOf(seq)) } };
    const [where, before] = [places[place], sent[place]];
    if (where === undefined || before === undefined) throw new Error(`No conversation for place ${place}.`);
    const content = cardOf(kind, seq, shopOf(where, shops), before);
    if ('reference' in content) before.add(`${content.kind} ${content.reference}`);
    return { seq, place, content };
  });
}

/** The orders among the sends, by shop. */
export function ordersAmong(
  sends: readonly Send[],
  places: readonly Place[],
  shops: readonly ShopGoods[],
): OrdersOfShop[] {
  return shops.map((shop) => ({
    shop,
    orderIds: sends.flatMap(({ place, content }) => {
      const where = places[place];
      const isHere = where !== undefined && shopOf(where, shops) === shop;
      return isHere && content.kind === 'order' ? [content.reference] : [];
    }),
  }));
}
