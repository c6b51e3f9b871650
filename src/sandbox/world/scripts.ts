import type { BuyerPhrase, MachinePhrase, ShopPhrase } from '../corpus/types.ts';

/** One step of a talk: who does what. */
export type Step =
  | readonly ['buyer', BuyerPhrase]
  | readonly ['agent', ShopPhrase]
  | readonly ['auto', MachinePhrase]
  | readonly ['platform', MachinePhrase]
  | readonly ['show', 'buyer' | 'agent', 'image' | 'video' | 'sticker' | 'product' | 'order' | 'voucher']
  | readonly [
      'card',
      'return' | 'logistics' | 'enter-product' | 'enter-order' | 'menu' | 'hidden' | 'unknown',
    ];

/** What people talk about in a marketplace chat. Each is one sitting; a conversation is several of them. */
export const talks: readonly (readonly Step[])[] = [
  [
    ['card', 'enter-product'],
    ['buyer', 'hello'],
    ['buyer', 'askStock'],
    ['auto', 'auto'],
    ['agent', 'greet'],
    ['agent', 'inStock'],
    ['buyer', 'askShipping'],
    ['agent', 'shipping'],
    ['buyer', 'decide'],
    ['agent', 'welcome'],
  ],
  [
    ['show', 'buyer', 'product'],
    ['buyer', 'askDetail'],
    ['agent', 'detail'],
    ['show', 'agent', 'image'],
    ['buyer', 'moreQuestion'],
    ['agent', 'checking'],
    ['agent', 'detail'],
    ['buyer', 'thanks'],
  ],
  [
    ['buyer', 'askDiscount'],
    ['agent', 'discount'],
    ['show', 'agent', 'voucher'],
    ['buyer', 'thanks'],
    ['show', 'buyer', 'sticker'],
    ['buyer', 'decide'],
  ],
  [
    ['card', 'enter-order'],
    ['show', 'buyer', 'order'],
    ['buyer', 'whereIsIt'],
    ['auto', 'auto'],
    ['buyer', 'hurry'],
    ['agent', 'sorry'],
    ['agent', 'checking'],
    ['buyer', 'okWait'],
    ['card', 'logistics'],
    ['agent', 'onTheWay'],
    ['buyer', 'thanks'],
  ],
  [
    ['buyer', 'whereIsIt'],
    ['buyer', 'stuck'],
    ['agent', 'checking'],
    ['buyer', 'hurry'],
    ['agent', 'onTheWay'],
    ['platform', 'delivered'],
    ['buyer', 'arrived'],
    ['agent', 'askReview'],
    ['card', 'hidden'],
  ],
  [
    ['buyer', 'damaged'],
    ['agent', 'sorry'],
    ['agent', 'askPhoto'],
    ['show', 'buyer', 'image'],
    ['show', 'buyer', 'image'],
    ['buyer', 'seePhoto'],
    ['agent', 'replace'],
    ['buyer', 'thanks'],
    ['agent', 'welcome'],
  ],
  [
    ['buyer', 'wrongItem'],
    ['show', 'buyer', 'video'],
    ['agent', 'sorry'],
    ['buyer', 'askReturn'],
    ['agent', 'returnSteps'],
    ['card', 'return'],
    ['platform', 'refund'],
    ['buyer', 'okWait'],
  ],
  [
    ['buyer', 'changeAddress'],
    ['agent', 'addressOk'],
    ['platform', 'shipped'],
    ['buyer', 'thanks'],
  ],
  [
    ['buyer', 'cancel'],
    ['card', 'menu'],
    ['agent', 'cancelOk'],
    ['buyer', 'okWait'],
  ],
  [
    ['buyer', 'askCod'],
    ['agent', 'cod'],
    ['buyer', 'askWarranty'],
    ['agent', 'warranty'],
    ['platform', 'safety'],
    ['buyer', 'decide'],
    ['platform', 'shipped'],
  ],
  [
    ['buyer', 'praise'],
    ['show', 'buyer', 'image'],
    ['agent', 'welcome'],
    ['agent', 'askReview'],
    ['card', 'unknown'],
  ],
];
