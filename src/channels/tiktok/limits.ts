import type { ChannelFacts } from '../channel.ts';

export const tiktokFacts: ChannelFacts = {
  platform: 'tiktok',
  // TEXT: at most 2000 characters (reference page of "Send message").
  maxTextLength: 2000,
  // Reference pages: conversations at most 20 a page, messages at most 10.
  conversationPageSize: 20,
  messagePageSize: 10,
  // POST .../messages/read marks all of the buyer's messages.
  readMark: true,
  sends: {
    // PRODUCT_CARD, ORDER_CARD, COUPON_CARD (reference page of "Send message").
    cards: ['order', 'product', 'voucher'],
    // images/upload: jpg, gif, webp, png; 10 MB at most.
    image: { types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'], maxBytes: 10 * 1024 * 1024 },
    voucherCode: false,
  },
};

/** Wait after a rate limit without `retry-after`: 50 requests a second and app-shop pair are allowed. */
export const rateLimitWaitMs = 1000;

/** Wait after the daily quota of 10,000 requests; when it starts again is not published, so ask hourly. */
export const dailyLimitWaitMs = 3_600_000;

/** Pages read in search of one conversation: the newest thousand, at 50 of the day's 10,000 requests. */
export const maxLookupPages = 50;
