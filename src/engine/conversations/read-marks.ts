import { backoffMs } from '../../base/backoff.ts';
import { toErrorShape } from '../../base/errors.ts';
import type { Settings } from '../../contract/settings.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { EngineParts } from '../parts.ts';
import type { Ledger } from './ledger.ts';
import { prepareReadMarks } from './queries.ts';

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 1_800_000;

/**
 * Tells platforms what was read, when the setting of the platform says so and once for each newest message.
 * It is a courtesy: a failure is tried again quietly and never shown.
 */
export interface ReadMarks {
  /** A page says that the person has seen the conversation. */
  seen(conversationId: number): void;
  /** Our answer was sent. */
  replied(conversationId: number): void;
  start(): void;
  stop(): Promise<void>;
}

type Parts = Pick<EngineParts, 'db' | 'clock' | 'random' | 'log' | 'stores'>;

const settingOf = {
  shopee: 'readMarkShopee',
  lazada: 'readMarkLazada',
  tiktok: 'readMarkTiktok',
} as const satisfies Record<PlatformId, keyof Settings>;

export function createReadMarks(parts: Parts, ledger: Ledger, settings: () => Settings): ReadMarks {
  const { clock, stores } = parts;
  const log = parts.log.scope('read-marks');
  const queries = prepareReadMarks(parts.db);
  const busy = new Set<number>();
  const timers = new Map<number, { readonly cancel: () => void; readonly attempt: number }>();
  let stopped = false;

  const tell = async (conversationId: number, attempt: number): Promise<void> => {
    const record = ledger.get(conversationId);
    const due = record.read_mark_due;
    if (due === null || due === record.read_mark_sent) return;
    try {
      await stores.call(record.store_id, (channel, context) =>
        channel.markRead(context, { remoteId: record.remote_id, lastMessageId: due }),
      );
      if (!stopped) queries.setSent.run(due, conversationId);
    } catch (thrown) {
      if (stopped) return;
      const error = toErrorShape(thrown);
      log.info('read-mark-refused', { conversationId, error, attempt });
      if (['rejected', 'not-found', 'invalid'].includes(error.code)) queries.setSent.run(due, conversationId);
      else retryLater(conversationId, attempt + 1);
    }
  };

  const retryLater = (conversationId: number, attempt: number): void => {
    const waitMs = backoffMs(attempt, FIRST_RETRY_MS, LONGEST_RETRY_MS, parts.random);
    timers.get(conversationId)?.cancel();
    timers.set(conversationId, { attempt, cancel: clock.after(waitMs, () => run(conversationId)) });
  };

  const run = (conversationId: number): void => {
    if (stopped || busy.has(conversationId)) return;
    const timer = timers.get(conversationId);
    timer?.cancel();
    timers.delete(conversationId);
    busy.add(conversationId);
    void tell(conversationId, timer?.attempt ?? 0)
      .catch((error: unknown) => log.error('read-mark', { conversationId, error: toErrorShape(error) }))
      .then(() => {
        busy.delete(conversationId);
        // Something newer was read meanwhile.
        if (!stopped && !timers.has(conversationId) && isOpen(conversationId)) run(conversationId);
      });
  };

  const isOpen = (conversationId: number): boolean => {
    const record = ledger.get(conversationId);
    return record.read_mark_due !== null && record.read_mark_due !== record.read_mark_sent;
  };

  const want = (conversationId: number, when: 'view' | 'reply'): void => {
    const record = ledger.get(conversationId);
    const { platform, facts } = stores.get(record.store_id);
    if (!facts.readMark || settings()[settingOf[platform]] !== when || record.read_id === null) return;
    const remoteId = queries.remoteIdOf.get(record.read_id) ?? null;
    if (remoteId === null || remoteId === record.read_mark_sent) return;
    queries.setDue.run(remoteId, conversationId);
    run(conversationId);
  };

  return {
    seen: (conversationId) => want(conversationId, 'view'),
    replied: (conversationId) => want(conversationId, 'reply'),
    start: () => queries.open.all().forEach(run),
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
      return Promise.resolve();
    },
  };
}
