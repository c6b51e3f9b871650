import type { OutgoingContent } from '../channel.ts';
import { template } from './templates.ts';

/** Template and its extra parameters of `/im/message/send`. Reference 5.6. */
export function lazadaContent(content: OutgoingContent): Readonly<Record<string, string>> {
  switch (content.kind) {
    case 'text':
      return { template_id: template.text, txt: content.text };
    case 'image': {
      const { url, width, height } = content.image;
      return { template_id: template.picture, img_url: url, width: String(width), height: String(height) };
    }
    case 'product':
      return { template_id: template.item, item_id: content.reference };
    case 'order':
      return { template_id: template.order, order_id: content.reference };
    case 'voucher':
      // Read back as `voucherId`; that the two numbers are the same is not written anywhere.
      return { template_id: template.voucher, promotion_id: content.reference };
  }
}
