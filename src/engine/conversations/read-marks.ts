import { backoffMs } from '../../base/backoff.ts';
import { toErrorShape } from '../../base/errors.ts';
import type { Settings } from '../../contract/settings.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { EngineParts } from '../parts.ts';
import type { Ledger } from './ledger.ts';
import { prepareReadMarks } from './queries.ts';
import { createStoreTurns } from './store-turns.ts';

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 1_800_000;
/** Between two marks of one store. */
const GAP_MS = 200;

/**
 * Tells platforms what was read, when the setting of the platform says so and once for each newest message.
 * It is a courtesy: one at a time a store, and a failure is tried again quietly and never shown.
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
  const turns = createStoreTurns(clock);
  let stopped = false;

  /** Answers how long to leave the store alone after it, in milliseconds. */
  const tell = async (conversationId: number, attempt: number): Promise<number> => {
    const record = ledger.get(conversationId);
    const due = record.read_mark_due;
    if (due === null || due === record.read_mark_sent) return 0;
    try {
      await stores.call(record.store_id, 'background', (channel, context) =>
        channel.markRead(context, { remoteId: record.remote_id, lastMessageId: due }),
      );
      if (!stopped) queries.setSent.run(due, conversationId);
      return GAP_MS;
    } catch (thrown) {
      if (stopped) return 0;
      const error = toErrorShape(thrown);
      log.info('read-mark-refused', { conversationId, error, attempt });
      if (['rejected', 'not-found', 'invalid'].includes(error.code)) {
        queries.setSent.run(due, conversationId);
        return GAP_MS;
      }
      retryLater(conversationId, attempt + 1);
      return Math.min(LONGEST_RETRY_MS, Math.max(FIRST_RETRY_MS, error.details?.retryAfterMs ?? 0));
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
    turns.run(ledger.get(conversationId).store_id, async () => {
      try {
        const restMs = await tell(conversationId, timer?.attempt ?? 0);
        busy.delete(conversationId);
        // Something newer was read meanwhile.
        if (!stopped && !timers.has(conversationId) && isOpen(conversationId)) run(conversationId);
        return restMs;
      } catch (error) {
        busy.delete(conversationId);
        log.error('read-mark', { conversationId, error: toErrorShape(error) });
        if (!stopped) retryLater(conversationId, 1);
        return FIRST_RETRY_MS;
      }
    });
  };

  const isOpen = (conversationId: number): boolean => {
    const record = ledger.get(conversationId);
    return record.read_mark_due !== null && record.read_mark_due !== record.read_mark_sent;
  };

  const want = createWant(stores, ledger, settings, queries, run);

  return {
    seen: (conversationId) => want(conversationId, 'view'),
    replied: (conversationId) => want(conversationId, 'reply'),
    start: () => queries.open.all().forEach(run),
    stop: () => {
      stopped = true;
      turns.stop();
      for (const timer of timers.values()) timer.cancel();
      return Promise.resolve();
    },
  };
}

/** Whether the platform is to be told, and what it then knows. */
function createWant(
  stores: Parts['stores'],
  ledger: Ledger,
  settings: () => Settings,
  queries: ReturnType<typeof prepareReadMarks>,
  run: (conversationId: number) => void,
): (conversationId: number, when: 'view' | 'reply') => void {
  return (conversationId, when) => {
    const record = ledger.get(conversationId);
    const { platform, facts } = stores.get(record.store_id);
    // Platforms take an answer for reading, told or not.
    if (when === 'reply') queries.setKnownSeen.run(conversationId);
    if (!facts.readMark || settings()[settingOf[platform]] !== when || record.read_id === null) return;
    const remoteId = queries.remoteIdOf.get(record.read_id) ?? null;
    if (remoteId === null || remoteId === record.read_mark_sent) return;
    queries.setKnownSeen.run(conversationId);
    queries.setDue.run(remoteId, conversationId);
    run(conversationId);
  };
}
