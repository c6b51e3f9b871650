import { CodedError } from '../base/errors.ts';
import type { IncomingPush, PushEvent } from './channel.ts';
import { equalDigest, isDerivedId } from './digest.ts';
import { at, type Json } from './json.ts';
import type { MessageDraft } from './message.ts';
import { asTime } from './readers.ts';

/** Throws `rejected` unless the push bears this signature. */
export function checkSignature(push: IncomingPush, expected: string): void {
  if (equalDigest(push.headers['authorization'], expected)) return;
  throw new CodedError('rejected', 'The push is not signed by the platform', { reason: 'wrong_signature' });
}

/**
 * The event of a pushed message; where neither it nor the push tells the time, only where to look for it. So too without
 * an id: a list may word the same message otherwise, and it would stand there twice.
 */
export function messageEvent(shopId: string, draft: MessageDraft, body: Json): PushEvent {
  const time = draft.at ?? asTime(at(body, 'timestamp'));
  return time === null || isDerivedId(draft.remoteId)
    ? { kind: 'conversation', shopId, conversationId: draft.conversationId }
    : { kind: 'message', shopId, message: { ...draft, at: time } };
}
