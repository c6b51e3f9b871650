import { create } from 'zustand';
import type { ErrorShape } from '../../base/errors.ts';
import type { StoreAlert, TroubleItem } from '../../contract/outbox.ts';
import { client } from '../client.ts';
import { readInTurn } from '../read-in-turn.ts';
import { keepSameBy } from '../panel/keep-same.ts';
import { forgetTests } from './connection-tests.ts';
import { forgetEdits } from './edits.ts';
import { closeLog } from './log-store.ts';
import { useTroubleFilter } from './trouble-filter.ts';

interface OutboxState {
  /** Every failed, held and unconfirmed message, oldest first, as far as they are read. */
  readonly items: readonly TroubleItem[];
  /** How many there are in all. */
  readonly total: number;
  readonly alerts: readonly StoreAlert[];
  /** The engine has answered at least once. */
  readonly loaded: boolean;
  /** Why the last read failed; what was last known stays. */
  readonly error: ErrorShape | null;
}

const nothing: OutboxState = { items: [], total: 0, alerts: [], loaded: false, error: null };

/** What waits for a person in the outbox, kept up to date. */
export const useOutbox = create<OutboxState>(() => nothing);

/** Reads it. Changes that come while reading cause one more read, never a queue of them. */
export const loadOutbox = readInTurn(async () => {
  const [trouble, alerts] = await Promise.all([
    client.call('outbox.trouble', {}),
    client.call('outbox.alerts', {}),
  ]);
  const failed = trouble.ok ? (alerts.ok ? null : alerts.error) : trouble.error;
  useOutbox.setState((before) => ({
    ...(trouble.ok
      ? {
          items: keepSameBy(({ messageId }) => messageId, before.items, trouble.value.items),
          total: trouble.value.total,
          loaded: true,
        }
      : before),
    alerts: alerts.ok ? alerts.value : before.alerts,
    error: failed,
  }));
});

/** Reads the outbox and keeps reading it when it changes. Call once. */
export function startOutbox(): void {
  let folder = '';
  client.onFeed('outbox', () => void loadOutbox());
  client.onFeed('stores', () => void loadOutbox());
  client.useConnection.subscribe(({ info }) => {
    if (info === null || info.dataDir === folder) return;
    const wasOther = folder !== '';
    folder = info.dataDir;
    if (!wasOther) return;
    forgetEdits();
    forgetTests(null);
    useTroubleFilter.setState({ storeId: null, kind: null });
    closeLog();
    useOutbox.setState(nothing);
  });
  void loadOutbox();
}
