import type { PlatformParts } from '../api/types.ts';
import type { Content, Product, Shop } from '../world/model.ts';

function product(shop: Shop, itemId: string): Product | undefined {
  return shop.products.find((candidate) => candidate.itemId === itemId);
}

function itemCard(shop: Shop, itemId: string): Record<string, string> {
  const found = product(shop, itemId);
  return {
    itemId,
    skuId: `${itemId.slice(0, 8)}1`,
    title: found?.title ?? '',
    price: found?.price ?? '',
    oldPrice: '',
    discount: '',
    iconUrl: '',
    actionUrl: `https://www.lazada.example/products/i${itemId}.html`,
  };
}

function refundCard(shop: Shop, content: Extract<Content, { kind: 'return' }>): Record<string, string> {
  return {
    refundOrderId: content.returnId,
    refundOrderReason: content.reason,
    title: JSON.stringify({ en: 'Return requested', vi: 'Yêu cầu trả hàng', th: 'คำขอคืนสินค้า' }),
    subOrderTitle: shop.products[0]?.title ?? '',
    subOrderCount: '1',
    orderTotalPrice: String(shop.products[0]?.amount ?? 0),
    orderTotalPriceUnit: shop.currency,
    sellerId: shop.shopId,
  };
}

function menu(content: Extract<Content, { kind: 'menu' }>): Record<string, string> {
  const fields: Record<string, string> = { txt: content.text, actionSize: String(content.options.length) };
  content.options.forEach((option, index) => {
    fields[`action${index + 1}Txt`] = option;
    fields[`action${index + 1}Code`] = `A${index + 1}`;
  });
  return fields;
}

/** Template number and the keys of its JSON text; all values are text, as in Lazada's templates. */
export function lazadaContent(
  parts: PlatformParts,
  shop: Shop,
  content: Content,
): [number, Record<string, string>] {
  switch (content.kind) {
    case 'text':
      return [1, { txt: content.text }];
    case 'image': {
      const { width, height, key } = content.picture;
      return [
        3,
        {
          imgUrl: parts.pictureUrl(content.picture),
          osskey: key,
          width: String(width),
          height: String(height),
        },
      ];
    }
    case 'upload': {
      const { file, width, height } = content.upload;
      const size = { width: String(width), height: String(height) };
      return [3, { imgUrl: parts.fileUrl(file), osskey: '', ...size }];
    }
    case 'video': {
      const { width, height } = content.cover;
      const cover = parts.pictureUrl(content.cover);
      const size = { width: String(width), height: String(height) };
      return [
        6,
        {
          imgUrl: cover,
          videoDuration: String(content.seconds),
          videoUrl: `${cover}.mp4`,
          videoId: '1',
          ...size,
        },
      ];
    }
    case 'sticker':
      return [4, { txt: `[${content.name}]`, imgUrl: '', smallImgUrl: '' }];
    case 'product':
      return [10006, itemCard(shop, content.itemId)];
    case 'order': {
      const title = product(shop, content.itemId)?.title ?? '';
      return [
        10007,
        {
          orderId: content.orderId,
          title,
          content: '1 item',
          status: content.status,
          iconUrl: '',
          actionUrl: '',
        },
      ];
    }
    case 'voucher':
      return [
        10008,
        {
          voucherId: content.voucherId,
          title: content.title,
          desc: content.code,
          discount: content.title,
          currency: shop.currency,
        },
      ];
    case 'return':
      return [10011, refundCard(shop, content)];
    case 'logistics':
    case 'notice':
      return [2, { txt: content.text, recallContent: '' }];
    case 'menu':
      return [10015, menu(content)];
    case 'unknown':
      return [Number(content.type), { title: content.text, layout: 'grid' }];
  }
}
