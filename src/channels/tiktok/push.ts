import { CodedError } from '../../base/errors.ts';
import type { ChannelApp, PushEvent } from '../channel.ts';
import { equalDigest } from '../digest.ts';
import { at, parseJson } from '../json.ts';
import { withTimes } from '../message.ts';
import type { IncomingPush } from '../push.ts';
import { asId, asTime } from '../readers.ts';
import { readTikTokMessage } from './mapper.ts';
import { signTikTokPush } from './sign.ts';

/** Despite its name, fires when an agent joins or leaves. */
const newConversation = '13';
const newMessage = '14';

/** Checks and reads a webhook. */
export function readTikTokPush(app: ChannelApp, push: IncomingPush): PushEvent {
  const expected = signTikTokPush(app.pushSecret, app.appKey, push.body);
  if (!equalDigest(push.headers['authorization'], expected)) {
    throw new CodedError('rejected', 'The push is not signed by the platform', { reason: 'wrong_signature' });
  }
  const body = parseJson(push.body);
  const type = asId(at(body, 'type')) ?? '';
  const shopId = asId(at(body, 'shop_id'));
  const data = at(body, 'data');
  const conversationId = asId(at(data, 'conversation_id'));
  if (shopId === null || data === undefined || conversationId === null) return { kind: 'other', type };
  if (type === newConversation) return { kind: 'conversation', shopId, conversationId };
  if (type !== newMessage) return { kind: 'other', type };
  const [message] = withTimes([readTikTokMessage(data, conversationId)], asTime(at(body, 'timestamp')) ?? 0);
  return message === undefined
    ? { kind: 'conversation', shopId, conversationId }
    : { kind: 'message', shopId, message };
}
