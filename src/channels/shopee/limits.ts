import type { ChannelFacts } from '../channel.ts';

export const shopeeFacts: ChannelFacts = {
  platform: 'shopee',
  // `text` of send_message: at most 600 characters (notes of one public integration; the official page is not public).
  maxTextLength: 600,
  // get_conversation_list: 25 unless told, 60 at most (one source); 50 keeps clear of the edge.
  conversationPageSize: 50,
  // get_message: 25 usual, 50 seen.
  messagePageSize: 50,
  // read_conversation.
  readMark: true,
  sends: {
    // send_message: `item`, `order`, `voucher` (with `voucher_id` and `voucher_code`).
    cards: ['order', 'product', 'voucher'],
    // upload_image: jpg, jpeg, png, gif. 2 MB in an SDK of 2022, 10 MB in newer notes: neither is official, and the larger
    // figure only means that the platform itself refuses.
    image: { types: ['image/jpeg', 'image/png', 'image/gif'], maxBytes: 10 * 1024 * 1024 },
    voucherCode: true,
  },
};

/** A refresh token lives 30 days; the answer doesn't say so. Guide "Authorization and authentication". */
export const refreshTokenLifetimeMs = 30 * 86_400_000;

/** First wait after `error_rate_limit`; Shopee publishes no figure. */
export const rateLimitWaitMs = 1000;

/** Markets whose shops can't send through the API: error lists of two public integrations name Taiwan. */
export const sitesWithoutSending: ReadonlySet<string> = new Set(['TW']);

/** How far past our clock the first page starts: no clock, ours or the platform's, hides a new conversation. */
export const firstPageMarginMs = 86_400_000;
