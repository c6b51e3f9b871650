import type { ErrorShape } from '../../base/errors.ts';
import type { TroubleItem } from '../../contract/outbox.ts';
import { prepareOwnMessages } from '../messages/queries.ts';
import { readJson, toPendingView } from '../messages/view.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Alerts } from './alerts.ts';
import { prepareOutbox, prepareTrouble, type TroubleRow } from './queries.ts';
import type { Queue } from './queue.ts';
import type { OutboxStepNeeds } from './steps.ts';

type OwnCalls = 'outbox.trouble' | 'outbox.retryAll' | 'outbox.alerts' | 'outbox.dismissAlert';

interface Needs extends OutboxStepNeeds {
  readonly queue: Queue;
  readonly alerts: Alerts;
}

/** All that waits for a person, over all stores. */
export function createTrouble(
  { db, feed }: Pick<EngineParts, 'db' | 'feed'>,
  { commit, ledger, queue, alerts }: Needs,
): Feature<OwnCalls>['handlers'] {
  const trouble = prepareTrouble(db);
  const jobs = prepareOutbox(db);
  const own = prepareOwnMessages(db);

  const retry = ({ message_id: id, state }: { message_id: number; state: TroubleRow['job_state'] }): void => {
    if (state === 'failed') {
      jobs.retry.run(id);
      jobs.forgetUpload.run(id);
      own.setPending.run({ id, status: 'queued', error: null });
    } else {
      jobs.recheck.run(id);
      own.setPending.run({ id, status: 'sending', error: null });
    }
  };

  return {
    'outbox.trouble': ({ limit }) => ({
      items: trouble.items.all(limit).flatMap(toItem),
      total: trouble.total.get() ?? 0,
    }),
    'outbox.retryAll': ({ storeId }) => {
      const all = trouble.ofStore.all({ storeId });
      const again = all.filter(({ state }) => state !== 'held');
      commit((touched) => {
        for (const job of again) {
          touched.messages.add(job.conversation_id);
          touched.conversations.add(job.conversation_id);
          ledger.change(job.conversation_id, touched, () => retry(job));
        }
      });
      for (const { conversation_id: conversationId } of again) queue.kick(conversationId);
      const retried = again.filter(({ state }) => state === 'failed').length;
      return { retried, checked: again.length - retried, left: all.length - again.length };
    },
    'outbox.alerts': () => alerts.list(),
    'outbox.dismissAlert': ({ storeId }) => {
      if (alerts.clear(storeId)) feed.emit('outbox', [storeId]);
      return null;
    },
  };
}

function toItem(row: TroubleRow): TroubleItem[] {
  const pending = toPendingView(row);
  if (pending === null) return [];
  return [
    {
      messageId: row.message_id,
      conversationId: row.conversation_id,
      storeId: row.store_id,
      storeName: row.store_name,
      site: row.site,
      platform: row.platform,
      buyerName: row.buyer_name,
      kind: row.kind,
      text: row.text,
      at: row.at,
      error: readJson<ErrorShape>(row.error),
      pending,
      waiting: row.waiting,
    },
  ];
}
