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
import { at, isList, type Json } from '../json.ts';
import { readMessages } from '../message.ts';
import { pictureForm } from '../multipart.ts';
import { asBoolean, asCount, asId, asTime, asToken } from '../readers.ts';
import { uploaded } from '../uploaded.ts';
import { callLazada, callLazadaAuth } from './client.ts';
import { lazadaContent } from './content.ts';
import { firstPageMarginMs, lazadaFacts } from './limits.ts';
import { readLazadaMessage, readLazadaSession } from './mapper.ts';
import { readLazadaPush } from './push.ts';
import { lazadaSellerCentre } from './seller-centre.ts';

/** Lazada Open Platform, instant messaging. */
export const lazada: Channel = {
  facts: lazadaFacts,
  sellerCentre: lazadaSellerCentre,

  async listConversations(store, cursor): Promise<RemotePage<RemoteConversation>> {
    const from = pageStart(cursor, 'last_session_id', store.now());
    const page_size = String(lazadaFacts.conversationPageSize);
    const parameters = { page_size, ...from };
    const answer = await callLazada(store, {
      method: 'GET',
      path: '/im/session/list',
      parameters,
      effect: 'read',
    });
    const data = at(answer, 'data');
    const list = at(data, 'session_list');
    const items = (isList(list) ? list : []).map(readLazadaSession).filter((item) => item !== null);
    return { items, next: nextPage(data, 'last_session_id', cursor) };
  },

  async getConversation(store, conversationId): Promise<RemoteConversation> {
    const parameters = { session_id: conversationId };
    const answer = await callLazada(store, {
      method: 'GET',
      path: '/im/session/get',
      parameters,
      effect: 'read',
    });
    const conversation = readLazadaSession(at(answer, 'data') ?? null);
    if (conversation === null) throw new CodedError('not-found', 'The platform gave no session');
    return conversation;
  },

  async listMessages(store, conversation, cursor): Promise<RemotePage<RemoteMessage>> {
    const parameters = {
      session_id: conversation.remoteId,
      page_size: String(lazadaFacts.messagePageSize),
      ...pageStart(cursor, 'last_message_id', store.now()),
    };
    const answer = await callLazada(store, {
      method: 'GET',
      path: '/im/message/list',
      parameters,
      effect: 'read',
    });
    const data = at(answer, 'data');
    const items = readMessages(at(data, 'message_list'), store.now(), (item) =>
      readLazadaMessage(item, conversation.remoteId),
    );
    return { items, next: nextPage(data, 'last_message_id', cursor) };
  },

  async send(store, conversation, content): Promise<SendReceipt> {
    const parameters = { session_id: conversation.remoteId, ...lazadaContent(content) };
    const answer = await callLazada(store, {
      method: 'POST',
      path: '/im/message/send',
      parameters,
      effect: 'send',
    });
    // An older table of the guide has the id at the top level.
    const remoteId = asId(at(answer, 'data', 'message_id')) ?? asId(at(answer, 'message_id'));
    if (remoteId === null) throw uncertain('send', 'The answer to a send has no message id');
    return { remoteId, at: asTime(at(answer, 'data', 'current_time')), sequence: '' };
  },

  async uploadImage(store, image): Promise<UploadedImage> {
    const form = pictureForm('image', image, lazadaFacts.sends.image);
    const call = { method: 'POST', path: '/image/upload', parameters: {}, form, effect: 'read' } as const;
    return uploaded(at(await callLazada(store, call), 'data', 'image', 'url'), image);
  },

  async markRead(store, conversation): Promise<void> {
    const parameters = {
      session_id: conversation.remoteId,
      last_read_message_id: conversation.lastMessageId,
    };
    await callLazada(store, { method: 'POST', path: '/im/session/read', parameters, effect: 'read' });
  },

  async refreshToken(store): Promise<TokenSet> {
    const parameters = { refresh_token: store.token.refreshToken };
    const path = '/auth/token/refresh';
    const answer = await callLazadaAuth(store, { method: 'POST', path, parameters, effect: 'read' });
    const accessToken = asToken(at(answer, 'access_token'));
    const refreshToken = asToken(at(answer, 'refresh_token'));
    const lifetime = asCount(at(answer, 'expires_in'));
    if (accessToken === null || refreshToken === null || lifetime === null) {
      throw uncertain('read', 'The answer to a refresh lacks a token');
    }
    const now = store.now();
    return {
      accessToken,
      refreshToken,
      accessTokenExpiresAt: now + lifetime * 1000,
      // 0 says that no further refresh is possible.
      refreshTokenExpiresAt: now + (asCount(at(answer, 'refresh_expires_in')) ?? 0) * 1000,
    };
  },

  readPush: readLazadaPush,
};

/** Where a page starts: now, or the time and the last id of the page before. Our cursor is `<time> <last id>`. */
function pageStart(cursor: string | null, idName: string, now: number): Record<string, string> {
  if (cursor === null) return { start_time: String(now + firstPageMarginMs) };
  const space = cursor.indexOf(' ');
  return { start_time: cursor.slice(0, space), [idName]: cursor.slice(space + 1) };
}

function nextPage(data: Json | undefined, idName: string, cursor: string | null): string | null {
  const start = asId(at(data, 'next_start_time'));
  if (asBoolean(at(data, 'has_more')) !== true || start === null) return null;
  const next = `${start} ${asId(at(data, idName)) ?? ''}`;
  return next === cursor ? null : next;
}
