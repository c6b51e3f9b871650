/** Languages the buyers write in. */
export type Language = 'en' | 'id' | 'th' | 'vi' | 'ms' | 'fil' | 'zh';

/** What a buyer says. */
export type BuyerPhrase =
  | 'hello'
  | 'askStock'
  | 'askDetail'
  | 'askDiscount'
  | 'askShipping'
  | 'askCod'
  | 'askWarranty'
  | 'decide'
  | 'whereIsIt'
  | 'stuck'
  | 'hurry'
  | 'okWait'
  | 'arrived'
  | 'damaged'
  | 'seePhoto'
  | 'wrongItem'
  | 'askReturn'
  | 'changeAddress'
  | 'cancel'
  | 'praise'
  | 'thanks'
  | 'moreQuestion'
  | 'reply';

/** What the shop's people say. */
export type ShopPhrase =
  | 'greet'
  | 'inStock'
  | 'detail'
  | 'discount'
  | 'shipping'
  | 'cod'
  | 'warranty'
  | 'checking'
  | 'onTheWay'
  | 'sorry'
  | 'askPhoto'
  | 'replace'
  | 'returnSteps'
  | 'addressOk'
  | 'cancelOk'
  | 'welcome'
  | 'askReview';

/** What machines say in the shop's or the platform's name. */
export type MachinePhrase = 'auto' | 'menu' | 'shipped' | 'delivered' | 'refund' | 'safety' | 'blocked';

/**
 * One language: several wordings of every phrase, and people's names.
 * Wordings may hold {product} {order} {tracking} {courier} {city} {days} {price}.
 */
export interface Corpus {
  readonly language: Language;
  readonly names: readonly string[];
  readonly cities: readonly string[];
  readonly couriers: readonly string[];
  /** What a menu of the shop's robot offers. */
  readonly menuOptions: readonly string[];
  readonly phrases: Readonly<Record<BuyerPhrase | ShopPhrase | MachinePhrase, readonly string[]>>;
}
