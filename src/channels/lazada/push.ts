import { CodedError } from '../../base/errors.ts';
import type { ChannelApp, PushEvent } from '../channel.ts';
import { equalDigest } from '../digest.ts';
import { at, parseJson } from '../json.ts';
import { withTimes } from '../message.ts';
import type { IncomingPush } from '../push.ts';
import { asId, asTime } from '../readers.ts';
import { readLazadaMessage } from './mapper.ts';
import { signLazadaPush } from './sign.ts';

const imMessage = '2';
const sessionUpdate = '19';

/** Checks and reads a push. `shopId` in the event is Lazada's `seller_id`. */
export function readLazadaPush(app: ChannelApp, push: IncomingPush): PushEvent {
  const expected = signLazadaPush(app.pushSecret, app.appKey, push.body);
  if (!equalDigest(push.headers['authorization'], expected)) {
    throw new CodedError('rejected', 'The push is not signed by the platform', { reason: 'wrong_signature' });
  }
  const body = parseJson(push.body);
  const type = asId(at(body, 'message_type')) ?? '';
  const shopId = asId(at(body, 'seller_id'));
  const data = at(body, 'data');
  const conversationId = asId(at(data, 'session_id'));
  if (shopId === null || data === undefined || conversationId === null) return { kind: 'other', type };
  if (type === sessionUpdate) return { kind: 'conversation', shopId, conversationId };
  if (type !== imMessage) return { kind: 'other', type };
  const [message] = withTimes([readLazadaMessage(data, conversationId)], asTime(at(body, 'timestamp')) ?? 0);
  return message === undefined
    ? { kind: 'conversation', shopId, conversationId }
    : { kind: 'message', shopId, message };
}
