import type { ChannelApp, IncomingPush, PushEvent } from '../channel.ts';
import { at, parseJson } from '../json.ts';
import { checkSignature, messageEvent } from '../push.ts';
import { asId } from '../readers.ts';
import { readLazadaMessage } from './mapper.ts';
import { signLazadaPush } from './sign.ts';

const imMessage = '2';
const sessionUpdate = '19';

/** Checks and reads a push. `shopId` in the event is Lazada's `seller_id`. */
export function readLazadaPush(app: ChannelApp, push: IncomingPush): PushEvent {
  checkSignature(push, signLazadaPush(app.pushSecret, app.appKey, push.body));
  const body = parseJson(push.body);
  const type = asId(at(body, 'message_type')) ?? '';
  const shopId = asId(at(body, 'seller_id'));
  const data = at(body, 'data');
  const conversationId = asId(at(data, 'session_id'));
  if (shopId === null || data === undefined || conversationId === null) return { kind: 'other', type };
  if (type === sessionUpdate) return { kind: 'conversation', shopId, conversationId };
  if (type !== imMessage) return { kind: 'other', type };
  return messageEvent(shopId, readLazadaMessage(data, conversationId), body);
}
