import type { ChannelFacts } from '../channel.ts';

export const lazadaFacts: ChannelFacts = {
  platform: 'lazada',
  // Not published. A figure of our own that no chat message of a person reaches; a longer one is refused in the panel.
  maxTextLength: 2000,
  // /im/session/list and /im/message/list: limit 20 (official reference pages).
  conversationPageSize: 20,
  messagePageSize: 20,
  // /im/session/read; it also shows the buyer that the message was read.
  readMark: true,
  sends: {
    // Templates 10006, 10007, 10008 (official guide).
    cards: ['order', 'product', 'voucher'],
    // /image/upload: JPG or PNG, 1 MB at most. It is the call for product pictures; that chat takes its addresses is said
    // by one source only.
    image: { types: ['image/jpeg', 'image/png'], maxBytes: 1024 * 1024 },
    voucherCode: false,
  },
};

/** Wait after `ApiCallLimit` whose message names no time; one public app waits 1.3 s. */
export const callLimitWaitMs = 1300;

/** Wait after `AppCallLimit`, the whole app's quota; nothing is published. */
export const appLimitWaitMs = 60_000;

/**
 * How far past our clock the first page starts: messages dated ahead of it, by a clock of the platform's that was set
 * since or is not quite ours, are in it too. A message that is not seen there counts as not sent. The reference only
 * says "now" of the first page.
 */
export const firstPageMarginMs = 86_400_000;
