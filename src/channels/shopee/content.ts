import { CodedError } from '../../base/errors.ts';
import type { OutgoingContent } from '../channel.ts';
import { type JsonObject, jsonInteger } from '../json.ts';

/** `message_type` and `content` of `send_message`. Reference 5.4; the voucher's shape is that of two integrations. */
export function shopeeContent(content: OutgoingContent): JsonObject {
  switch (content.kind) {
    case 'text':
      return { message_type: 'text', content: { text: content.text } };
    case 'image':
      return { message_type: 'image', content: { image_url: content.image.url } };
    case 'product':
      return { message_type: 'item', content: { item_id: jsonInteger(content.reference) } };
    case 'order':
      return { message_type: 'order', content: { order_sn: content.reference } };
    case 'voucher':
      if (content.code === null) {
        throw new CodedError('invalid', 'A voucher is named with its code', { reason: 'no-code' });
      }
      return {
        message_type: 'voucher',
        content: { voucher_id: jsonInteger(content.reference), voucher_code: content.code },
      };
  }
}
