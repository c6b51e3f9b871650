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
import { at, isList, type JsonObject } from '../json.ts';
import { readMessages } from '../message.ts';
import { pictureForm } from '../multipart.ts';
import { asCount, asId, asText, asTime, asToken } from '../readers.ts';
import { uploaded } from '../uploaded.ts';
import { callTikTok, refreshTikTok } from './client.ts';
import { tiktokContent } from './content.ts';
import { maxLookupPages, tiktokFacts } from './limits.ts';
import { readTikTokConversation, readTikTokMessage } from './mapper.ts';
import { readTikTokPush } from './push.ts';
import { tiktokSellerCentre } from './seller-centre.ts';

/** TikTok Shop Partner API, customer service 202309. */
export const tiktok: Channel = {
  facts: tiktokFacts,
  sellerCentre: tiktokSellerCentre,

  async listConversations(store, cursor): Promise<RemotePage<RemoteConversation>> {
    const query = { page_size: String(tiktokFacts.conversationPageSize), ...pageToken(cursor) };
    const data = await callTikTok(store, { method: 'GET', path: '/conversations', query, effect: 'read' });
    const list = at(data, 'conversations');
    const items = (isList(list) ? list : [])
      .map(readTikTokConversation)
      .filter((item) => item !== null)
      .toSorted((left, right) => (right.lastMessageAt ?? 0) - (left.lastMessageAt ?? 0));
    return { items, next: nextPage(data, cursor) };
  },

  /** There is no call for one conversation: the list is read until it turns up. */
  async getConversation(store, conversationId): Promise<RemoteConversation> {
    let cursor: string | null = null;
    for (let pages = 0; pages < maxLookupPages; pages += 1) {
      const page: RemotePage<RemoteConversation> = await tiktok.listConversations(store, cursor);
      const found = page.items.find((one) => one.remoteId === conversationId);
      if (found !== undefined) return found;
      cursor = page.next;
      if (cursor === null) break;
    }
    throw new CodedError('not-found', 'No such conversation in the list');
  },

  async listMessages(store, conversation, cursor): Promise<RemotePage<RemoteMessage>> {
    const query = { page_size: String(tiktokFacts.messagePageSize), ...pageToken(cursor) };
    const path = `${pathOf(conversation.remoteId)}/messages`;
    const data = await callTikTok(store, { method: 'GET', path, query, effect: 'read' });
    const items = readMessages(at(data, 'messages'), store.now(), (item) =>
      readTikTokMessage(item, conversation.remoteId),
    );
    return { items, next: nextPage(data, cursor) };
  },

  async send(store, conversation, content): Promise<SendReceipt> {
    const body = JSON.stringify(tiktokContent(content));
    const path = `${pathOf(conversation.remoteId)}/messages`;
    const data = await callTikTok(store, { method: 'POST', path, body, effect: 'send' });
    const remoteId = asId(at(data, 'message_id'));
    if (remoteId === null) throw uncertain('send', 'The answer to a send has no message id');
    return { remoteId, at: null, sequence: '' };
  },

  async uploadImage(store, image): Promise<UploadedImage> {
    const form = pictureForm('data', image, tiktokFacts.sends.image);
    const data = await callTikTok(store, { method: 'POST', path: '/images/upload', form, effect: 'read' });
    // Sizes stand in the answer; they are what a send of the picture gives back.
    const size = { width: asCount(at(data, 'width')), height: asCount(at(data, 'height')) };
    return uploaded(at(data, 'url'), {
      width: size.width === null || size.width === 0 ? image.width : size.width,
      height: size.height === null || size.height === 0 ? image.height : size.height,
    });
  },

  /** Marks all of the buyer's messages: the platform knows no "up to". */
  async markRead(store, conversation): Promise<void> {
    const path = `${pathOf(conversation.remoteId)}/messages/read`;
    await callTikTok(store, { method: 'POST', path, body: '{}', effect: 'read' });
  },

  async refreshToken(store): Promise<TokenSet> {
    const data = await refreshTikTok(store);
    const accessToken = asToken(at(data, 'access_token'));
    const refreshToken = asToken(at(data, 'refresh_token'));
    // Both are moments, not spans, despite their names.
    const accessTokenExpiresAt = asTime(at(data, 'access_token_expire_in'));
    const refreshTokenExpiresAt = asTime(at(data, 'refresh_token_expire_in'));
    if (accessToken === null || refreshToken === null || accessTokenExpiresAt === null) {
      throw uncertain('read', 'The answer to a refresh lacks a token');
    }
    return {
      accessToken,
      refreshToken,
      accessTokenExpiresAt,
      refreshTokenExpiresAt: refreshTokenExpiresAt ?? accessTokenExpiresAt,
    };
  },

  readPush: readTikTokPush,
};

function pathOf(conversationId: string): string {
  // The path is signed as written; an id that is no number could point elsewhere.
  if (!/^\d{1,40}$/.test(conversationId)) throw new CodedError('invalid', 'A conversation id must be digits');
  return `/conversations/${conversationId}`;
}

function pageToken(cursor: string | null): Record<string, string> {
  return cursor === null ? {} : { page_token: cursor };
}

/** The end is an empty token. */
function nextPage(data: JsonObject, cursor: string | null): string | null {
  const token = asText(at(data, 'next_page_token'));
  return token === null || token === '' || token === cursor ? null : token;
}
