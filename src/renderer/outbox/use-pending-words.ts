import type { ErrorShape } from '../../base/errors.ts';
import type { PendingView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { shownState, useSurroundings } from '../stores/shown-state.ts';
import { useStores } from '../stores/stores-store.ts';
import { pendingWords, type PendingWords } from './pending-words.ts';
import type { Phase } from './pending.ts';

/** React hook: what is said of a message that is not surely sent; null while it is simply on its way. */
export function usePendingWords(said: {
  readonly pending: PendingView;
  readonly error: ErrorShape | null;
  readonly behindPhase: Phase | null;
  readonly storeId: number;
}): PendingWords | null {
  const t = useT('outbox');
  const format = useFormat();
  const reason = useReason();
  const now = useMinute();
  const around = useSurroundings();
  const isReadOnly = client.useConnection(({ info }) => info !== null && info.readOnly !== null);
  const store = useStores((state) => state.byId.get(said.storeId));
  const shown = store === undefined ? null : shownState(store, around);
  const storeState = isReadOnly ? 'read-only' : shown;
  return pendingWords({ ...said, storeState }, { t, format, reason, now });
}
