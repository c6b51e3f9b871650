import type { OutgoingContent } from '../channel.ts';

/** `type` and `content` of a send; the content travels as JSON text. Reference 4.3. */
export function tiktokContent(content: OutgoingContent): { readonly type: string; readonly content: string } {
  const [type, fields] = fieldsOf(content);
  return { type, content: JSON.stringify(fields) };
}

function fieldsOf(content: OutgoingContent): [string, Readonly<Record<string, string | number>>] {
  switch (content.kind) {
    case 'text':
      return ['TEXT', { content: content.text }];
    case 'image': {
      const { url, width, height } = content.image;
      return ['IMAGE', { url, width, height }];
    }
    case 'product':
      return ['PRODUCT_CARD', { product_id: content.reference }];
    case 'order':
      return ['ORDER_CARD', { order_id: content.reference }];
    case 'voucher':
      return ['COUPON_CARD', { coupon_id: content.reference }];
  }
}
