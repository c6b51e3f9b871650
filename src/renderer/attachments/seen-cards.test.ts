import { expect, it } from 'vitest';
import type { MessageKind, MessageView } from '../../contract/models.ts';
import { seenCards } from './seen-cards.ts';

const message = (kind: MessageKind, reference: string | null, title: string | null = null): MessageView =>
  ({
    kind,
    card: { title, reference, subtitle: null, status: null, price: null },
    recalled: false,
  }) as unknown as MessageView;

it('offers what can be sent, each thing once, the newest first', () => {
  const seen = seenCards(
    [
      message('order', '1', 'Old'),
      message('product', '1'),
      message('return', '5'),
      message('order', null),
      message('text', '9'),
      message('order', '1', 'New'),
      { ...message('order', '7'), recalled: true },
      message('voucher', '3', 'SAVE5'),
    ],
    true,
  );
  expect(seen).toEqual([
    { kind: 'voucher', reference: '3', title: 'SAVE5', code: 'SAVE5' },
    { kind: 'order', reference: '1', title: 'New', code: null },
    { kind: 'product', reference: '1', title: null, code: null },
  ]);
  expect(seenCards([message('voucher', '3', '5% off')], false)[0]).toMatchObject({ code: null });
});
