import type { Result } from '../../base/result.ts';
import { client } from '../client.ts';
import { tell } from '../panel/tell.ts';
import type { PendingAct } from './pending.ts';

/** What one call does to a message that is not surely sent. */
export type CallAct = Exclude<PendingAct, 'edit' | 'test' | 'log'>;

const calls: Record<CallAct, (messageId: number) => Promise<Result<unknown>>> = {
  retry: (messageId) => client.call('outbox.retry', { messageId }),
  send: (messageId) => client.call('outbox.release', { messageId }),
  arrived: (messageId) => client.call('outbox.settle', { messageId, verdict: 'arrived' }),
  sendAgain: (messageId) => client.call('outbox.settle', { messageId, verdict: 'send-again' }),
  discard: (messageId) => client.call('outbox.discard', { messageId }),
  skip: (messageId) => client.call('outbox.skip', { messageId }),
};

/** Does it; says so in passing when it did not work. */
export async function actOn(messageId: number, act: CallAct): Promise<void> {
  tell(await calls[act](messageId));
}
