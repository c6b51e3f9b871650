import { CodedError } from '../../base/errors.ts';
import type { ChannelApp, PushEvent } from '../channel.ts';
import { equalDigest } from '../digest.ts';
import { at, parseJson } from '../json.ts';
import { withTimes } from '../message.ts';
import type { IncomingPush } from '../push.ts';
import { asId, asText, asTime } from '../readers.ts';
import { readShopeeMessage } from './mapper.ts';
import { signShopeePush } from './sign.ts';

/** Push code of the web chat. */
const webchat = '10';

/** Checks and reads a push. `push.url` must be the callback address exactly as registered: it is part of the signature. */
export function readShopeePush(app: ChannelApp, push: IncomingPush): PushEvent {
  const expected = signShopeePush(app.pushSecret, push.url, push.body);
  if (!equalDigest(push.headers['authorization'], expected)) {
    throw new CodedError('rejected', 'The push is not signed by the platform', { reason: 'wrong_signature' });
  }
  const body = parseJson(push.body);
  const code = asId(at(body, 'code')) ?? '';
  const shopId = asId(at(body, 'shop_id'));
  const type = asText(at(body, 'data', 'type'));
  const content = at(body, 'data', 'content');
  if (code !== webchat || shopId === null || content === undefined) return { kind: 'other', type: code };
  const conversationId =
    asId(at(content, 'conversation_id')) ?? asId(at(content, 'content', 'conversation_id'));
  if (conversationId === null) return { kind: 'other', type: `${code} ${type ?? ''}` };
  if (type !== 'message') return { kind: 'conversation', shopId, conversationId };
  const draft = readShopeeMessage(content, { shopId, conversationId, buyerId: '' });
  const [message] = withTimes([draft], asTime(at(body, 'timestamp')) ?? 0);
  return message === undefined
    ? { kind: 'conversation', shopId, conversationId }
    : { kind: 'message', shopId, message };
}
