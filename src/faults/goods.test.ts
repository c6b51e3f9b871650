import { describe, expect, it } from 'vitest';
import { likenessOf, markOf } from './contents.ts';
import { chooseContents, ordersAmong, type ShopGoods } from './goods.ts';
import { hashOf, pictureOf } from './pictures.ts';
import type { Place } from './places.ts';
import { makeSends } from './sends.ts';

const shops: readonly ShopGoods[] = [
  {
    platform: 'shopee',
    shopId: '1',
    site: 'ID',
    name: 'Nusa',
    products: [{ itemId: '11' }, { itemId: '12' }],
    vouchers: [{ voucherId: '21', code: 'SAVE' }],
  },
  { platform: 'shopee', shopId: '2', site: 'TH', name: 'Nusa', products: [{ itemId: '13' }], vouchers: [] },
];
const place = (id: number, site: string): Place => ({ id, platform: 'shopee', site, storeName: 'Nusa' });
const places = [place(1, 'ID'), place(2, 'TH'), place(3, 'ID')];

describe('what the sends of a run hold', () => {
  const plan = makeSends(3_000, 's', places.length);
  const sends = chooseContents(plan, places, shops);
  const marks = sends.map(({ content, place: at }) => markOf(likenessOf(content), `c${at}`));

  it('is told apart from all others by what it is counted by', () => {
    expect(new Set(marks).size).toBe(marks.length);
    expect(sends.map(({ seq, place: at }) => [seq, at])).toEqual(plan.map((one) => [one.seq, one.place]));
  });

  it('is a thing of the shop it goes to, an order where the place has been sent all of them', () => {
    const cards = sends.flatMap(({ content, place: at }) =>
      'reference' in content ? [`${content.kind} ${content.reference} ${at}`] : [],
    );
    expect(cards.filter((card) => !card.startsWith('order')).sort()).toEqual([
      'product 11 0',
      'product 11 2',
      'product 12 0',
      'product 12 2',
      'product 13 1',
      'voucher 21 0',
      'voucher 21 2',
    ]);
    expect(cards.length).toBe(plan.filter(({ kind }) => kind !== 'text' && kind !== 'image').length);
  });

  it('knows the orders a buyer of each shop must speak of first', () => {
    const orders = ordersAmong(sends, places, shops);
    expect(orders.map(({ shop }) => shop.site)).toEqual(['ID', 'TH']);
    const sentTo = (...at: number[]): string[] =>
      sends.flatMap(({ content, place: where }) =>
        content.kind === 'order' && at.includes(where) ? [content.reference] : [],
      );
    expect(orders.map(({ orderIds }) => orderIds)).toEqual([sentTo(0, 2), sentTo(1)]);
    expect(sentTo(0, 1, 2).every((id) => /^\d{15}$/.test(id))).toBe(true);
  });

  it('is of a picture what nothing else is', () => {
    const hashes = Array.from({ length: 1_000 }, (_, seq) => hashOf(pictureOf(seq * 10)));
    expect(new Set(hashes).size).toBe(1_000);
  });
});
