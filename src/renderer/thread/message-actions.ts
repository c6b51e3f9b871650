import type { Result } from '../../base/result.ts';
import { client } from '../client.ts';
import { tellTakenBack } from '../composer/composer-events.ts';
import { say } from '../panel/notice-store.ts';
import type { MessageView } from '../../contract/models.ts';

function tell(answer: Result<unknown>): void {
  if (!answer.ok) say('notice.failed', answer.error);
}

/** Tries a failed message again. */
export async function retry(message: MessageView): Promise<void> {
  tell(await client.call('outbox.retry', { messageId: message.id }));
}

/** Takes an own message that was not sent out of the thread. */
export async function discard(message: MessageView): Promise<void> {
  tell(await client.call('outbox.discard', { messageId: message.id }));
}

/** Takes an own message that was not sent back into the composer of its conversation. */
export async function edit(message: MessageView): Promise<void> {
  const answer = await client.call('outbox.takeBack', { messageId: message.id });
  tell(answer);
  if (answer.ok) tellTakenBack(message.conversationId, answer.value.text);
}

/** The person's verdict on a message that may not have arrived. */
export async function settle(message: MessageView, verdict: 'arrived' | 'send-again'): Promise<void> {
  tell(await client.call('outbox.settle', { messageId: message.id, verdict }));
}
