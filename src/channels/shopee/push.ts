import type { ChannelApp, IncomingPush, PushEvent } from '../channel.ts';
import { at, parseJson } from '../json.ts';
import { checkSignature, messageEvent } from '../push.ts';
import { asId, asText } from '../readers.ts';
import { readShopeeMessage } from './mapper.ts';
import { signShopeePush } from './sign.ts';

/** Push code of the web chat. */
const webchat = '10';

/** Checks and reads a push. `push.url` must be the callback address exactly as registered: it is part of the signature. */
export function readShopeePush(app: ChannelApp, push: IncomingPush): PushEvent {
  checkSignature(push, signShopeePush(app.pushSecret, push.url, push.body));
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
  return messageEvent(shopId, draft, body);
}
