import type { ChannelApp, IncomingPush, PushEvent } from '../channel.ts';
import { at, parseJson } from '../json.ts';
import { checkSignature, messageEvent } from '../push.ts';
import { asId } from '../readers.ts';
import { readTikTokMessage } from './mapper.ts';
import { signTikTokPush } from './sign.ts';

/** Despite its name, fires when an agent joins or leaves. */
const newConversation = '13';
const newMessage = '14';

/** Checks and reads a webhook. */
export function readTikTokPush(app: ChannelApp, push: IncomingPush): PushEvent {
  checkSignature(push, signTikTokPush(app.pushSecret, app.appKey, push.body));
  const body = parseJson(push.body);
  const type = asId(at(body, 'type')) ?? '';
  const shopId = asId(at(body, 'shop_id'));
  const data = at(body, 'data');
  const conversationId = asId(at(data, 'conversation_id'));
  if (shopId === null || data === undefined || conversationId === null) return { kind: 'other', type };
  if (type === newConversation) return { kind: 'conversation', shopId, conversationId };
  if (type !== newMessage) return { kind: 'other', type };
  return messageEvent(shopId, readTikTokMessage(data, conversationId), body);
}
