import { CodedError } from '../../base/errors.ts';
import type {
  Channel,
  RemoteConversation,
  RemoteMessage,
  RemotePage,
  SendReceipt,
  TokenSet,
  UploadedImage,
} from '../channel.ts';
import { uncertain } from '../failures.ts';
import { at, isList, jsonInteger } from '../json.ts';
import { readMessages } from '../message.ts';
import { pictureForm } from '../multipart.ts';
import { asBoolean, asCount, asId, asTime, asToken } from '../readers.ts';
import { uploaded } from '../uploaded.ts';
import { callShopee, callShopeeAuth } from './client.ts';
import { shopeeContent } from './content.ts';
import { firstPageMarginMs, refreshTokenLifetimeMs, shopeeFacts } from './limits.ts';
import { readShopeeConversation, readShopeeMessage } from './mapper.ts';
import { readShopeePush } from './push.ts';
import { shopeeSellerCentre } from './seller-centre.ts';

/** Shopee Open Platform v2, module `sellerchat`. */
export const shopee: Channel = {
  facts: shopeeFacts,
  sellerCentre: shopeeSellerCentre,

  async listConversations(store, cursor): Promise<RemotePage<RemoteConversation>> {
    // The first page asks for what is older than now: `latest` without a cursor was seen to start at the oldest.
    const before = cursor ?? String((BigInt(store.now()) + BigInt(firstPageMarginMs)) * 1_000_000n);
    const response = await callShopee(store, {
      name: 'get_conversation_list',
      effect: 'read',
      query: {
        direction: 'older',
        type: 'all',
        page_size: String(shopeeFacts.conversationPageSize),
        next_timestamp_nano: before,
      },
    });
    const result = at(response, 'page_result');
    const list = at(response, 'conversations') ?? at(result, 'conversations');
    const items = (isList(list) ? list : [])
      .map((item) => readShopeeConversation(item, store.site))
      .filter((item) => item !== null)
      .toSorted((left, right) => (right.lastMessageAt ?? 0) - (left.lastMessageAt ?? 0));
    const next = asId(at(result, 'next_cursor', 'next_message_time_nano'));
    const more = asBoolean(at(result, 'more')) === true && next !== null && next !== '0' && next !== before;
    return { items, next: more ? next : null };
  },

  async getConversation(store, conversationId): Promise<RemoteConversation> {
    const response = await callShopee(store, {
      name: 'get_one_conversation',
      effect: 'read',
      query: { conversation_id: conversationId },
    });
    const conversation = readShopeeConversation(response, store.site);
    if (conversation === null) throw new CodedError('not-found', 'The platform gave no conversation');
    return conversation;
  },

  async listMessages(store, conversation, cursor): Promise<RemotePage<RemoteMessage>> {
    const response = await callShopee(store, {
      name: 'get_message',
      effect: 'read',
      query: {
        conversation_id: conversation.remoteId,
        page_size: String(shopeeFacts.messagePageSize),
        ...(cursor === null ? {} : { offset: cursor }),
      },
    });
    const thread = {
      shopId: store.shopId,
      conversationId: conversation.remoteId,
      buyerId: conversation.buyerId,
    };
    const items = readMessages(at(response, 'messages'), store.now(), (item) =>
      readShopeeMessage(item, thread),
    );
    const next = asId(at(response, 'page_result', 'next_offset'));
    const more = items.length > 0 && next !== null && next !== '0' && next !== cursor;
    return { items, next: more ? next : null };
  },

  async send(store, conversation, content): Promise<SendReceipt> {
    const body = { to_id: jsonInteger(conversation.buyerId), ...shopeeContent(content) };
    const response = await callShopee(store, { name: 'send_message', effect: 'send', body });
    const remoteId = asId(at(response, 'message_id'));
    if (remoteId === null) throw uncertain('send', 'The answer to a send has no message id');
    return {
      remoteId,
      at: asTime(at(response, 'created_timestamp')),
      sequence: /^\d+$/.test(remoteId) ? remoteId : '',
    };
  },

  async uploadImage(store, image): Promise<UploadedImage> {
    const response = await callShopee(store, {
      name: 'upload_image',
      effect: 'read',
      // `upload_image`: multipart `file`. Like every body it is not signed.
      body: pictureForm('file', image, shopeeFacts.sends.image),
    });
    return uploaded(at(response, 'url'), image);
  },

  async markRead(store, conversation): Promise<void> {
    const body = { conversation_id: conversation.remoteId, last_read_message_id: conversation.lastMessageId };
    await callShopee(store, { name: 'read_conversation', effect: 'read', body });
  },

  async refreshToken(store): Promise<TokenSet> {
    const answer = await callShopeeAuth(store, '/api/v2/auth/access_token/get', {
      refresh_token: store.token.refreshToken,
      partner_id: jsonInteger(store.app.appKey),
      shop_id: jsonInteger(store.shopId),
    });
    const accessToken = asToken(at(answer, 'access_token'));
    const refreshToken = asToken(at(answer, 'refresh_token'));
    const lifetime = asCount(at(answer, 'expire_in'));
    if (accessToken === null || refreshToken === null || lifetime === null) {
      throw uncertain('read', 'The answer to a refresh lacks a token');
    }
    const now = store.now();
    return {
      accessToken,
      refreshToken,
      accessTokenExpiresAt: now + lifetime * 1000,
      refreshTokenExpiresAt: now + refreshTokenLifetimeMs,
    };
  },

  readPush: readShopeePush,
};
