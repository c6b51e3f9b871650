import type { outboxContract } from '../../contract/outbox.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { createAlerts } from './alerts.ts';
import { createDecisions } from './decisions.ts';
import { createQueue, type Queue, type QueueNeeds } from './queue.ts';
import { createSends } from './sends.ts';
import { createTrouble } from './trouble.ts';

/** `outbox.*`, and the queue behind it. */
export interface Outbox extends Feature<keyof typeof outboxContract> {
  readonly queue: Queue;
}

/** `onSent` hears of every message that went out. */
export function createOutbox(
  parts: EngineParts,
  needs: Omit<QueueNeeds, 'db'>,
  onSent: (conversationId: number) => void,
): Outbox {
  const { db, feed, host, stores } = parts;
  const log = parts.log.scope('outbox');
  const alerts = createAlerts(parts.clock);

  const tellHost = (storeId: number): void => {
    const { name, site } = stores.get(storeId);
    const { language } = needs.settings.read();
    host
      .notify({ notice: 'messages-failing', title: `${name} ${site}`, language, conversationId: null })
      .catch((error: unknown) => log.warn('notify', { storeId, error }));
  };
  const queue = createQueue(
    parts,
    { ...needs, db },
    {
      sent: (job) => {
        if (alerts.clear(job.store_id)) feed.emit('outbox', [job.store_id]);
        onSent(job.conversation_id);
      },
      failed: (job, error) => {
        const isNew = alerts.failed(job.store_id, error);
        if (isNew) tellHost(job.store_id);
        feed.emit('outbox', [job.store_id]);
      },
    },
  );
  const shared = { ...needs, queue, alerts };
  return {
    queue,
    handlers: {
      ...createSends(parts, shared),
      ...createDecisions(parts, shared),
      ...createTrouble(parts, shared),
    },
    start: () => queue.start(),
    stop: () => queue.stop(),
  };
}
