import type { ErrorShape } from '../../base/errors.ts';
import type { PendingView, ProxyStop } from '../../contract/models.ts';
import type { Format } from '../i18n/format.ts';
import type { Translate } from '../i18n/i18n.ts';
import type { ShownState } from '../stores/shown-state.ts';
import type { Phase } from './pending.ts';

/** What is said of a message that is not surely sent. */
export interface PendingWords {
  readonly tone: 'quiet' | 'warning' | 'danger';
  readonly text: string;
  /** Why it is so, where that is not plain. */
  readonly explain: string | null;
}

interface Said {
  readonly pending: PendingView;
  readonly error: ErrorShape | null;
  readonly behindPhase: Phase | null;
  /** How its store can be reached; `read-only`: nothing leaves from this machine. Null while unknown. */
  readonly storeState: ShownState | 'read-only' | null;
}

/** What puts it into words; `t` of the locale file `outbox`. */
interface Wording {
  readonly t: Translate;
  readonly format: Pick<Format, 'duration' | 'seconds'>;
  readonly reason: (error: ErrorShape) => string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** Looking longer than any platform takes to show a message: something keeps it from being found out. In milliseconds. */
export const LONG_CHECK_MS = 60_000;

const waitsForProxy = (state: Said['storeState']): state is `proxy-${ProxyStop}` =>
  state?.startsWith('proxy-') === true;

const behindKeys: Partial<Record<Phase, string>> = {
  failed: 'pending.behind.failed',
  held: 'pending.behind.held',
  unconfirmed: 'pending.behind.unconfirmed',
};

function queuedWords(said: Said, { t, format, reason, now }: Wording): PendingWords | null {
  const { pending, error, behindPhase, storeState } = said;
  const quiet = (text: string): PendingWords => ({ tone: 'warning', text, explain: null });
  if (pending.behindId !== null)
    return quiet(t((behindPhase === null ? null : behindKeys[behindPhase]) ?? 'pending.behind.any'));
  if (waitsForProxy(storeState)) return quiet(t('pending.store.proxy'));
  if (storeState === 'offline' || storeState === 'catching-up' || storeState === 'read-only')
    return quiet(t(`pending.store.${storeState}`));
  // A promised next attempt would say nothing here: it only looks whether somebody has signed in.
  if (storeState === 'sign-in' || error?.code === 'auth-expired') return quiet(t('pending.store.sign-in'));
  if (error !== null) {
    const why = reason(error);
    return pending.nextAt !== null && pending.nextAt > now
      ? quiet(t('pending.retrying', { reason: why, time: format.seconds(pending.nextAt) }))
      : quiet(t('pending.waits', { reason: why }));
  }
  switch (storeState) {
    case 'unreachable':
    case 'limited':
    case 'error':
      return quiet(t(`pending.store.${storeState}`));
    case 'online':
    case 'first-read':
    case 'unknown':
    case null:
      return null;
  }
}

function heldText({ hold, since }: PendingView, { t, format, now }: Wording): string {
  if (hold === 'overtaken') return t('pending.hold.overtaken');
  if (hold === 'recovered') return t('pending.hold.recovered');
  return t('pending.hold.waited', { duration: format.duration(now - since) });
}

/** Store states that say by themselves why a conversation can't be read. */
const unreadBecause: ReadonlySet<Said['storeState']> = new Set([
  'offline',
  'read-only',
  'unreachable',
  'limited',
  'sign-in',
]);

/** Why the last look failed; one that did not says that the platform has not shown it yet. */
function unreadReason({ pending: { readError }, storeState }: Said): string {
  if (storeState !== null && unreadBecause.has(storeState)) return storeState;
  switch (readError?.code) {
    case undefined:
      return 'settling';
    case 'unreachable':
      return 'unreachable';
    case 'rate-limited':
      return 'limited';
    case 'auth-expired':
      return 'sign-in';
    default:
      return 'any';
  }
}

/** Looking is usually over before anyone could decide; a person is asked once it takes long. */
function checkingWords(said: Said, { t, now }: Wording): PendingWords {
  const { triedAt, since } = said.pending;
  if (now - (triedAt ?? since) < LONG_CHECK_MS)
    return { tone: 'quiet', text: t('pending.checking'), explain: null };
  const why = t(`pending.unread.${unreadReason(said)}`);
  return {
    tone: 'warning',
    text: t('pending.checkingLong'),
    explain: t('pending.unread.explain', { why }),
  };
}

/** What is said of a message that is not surely sent; null while it is simply on its way. */
export function pendingWords(said: Said, wording: Wording): PendingWords | null {
  const { t, reason } = wording;
  const { pending, error } = said;
  switch (pending.phase) {
    case 'sending':
      return null;
    case 'queued':
      return queuedWords(said, wording);
    case 'checking':
      return checkingWords(said, wording);
    case 'held':
      return { tone: 'warning', text: heldText(pending, wording), explain: null };
    case 'failed':
      return {
        tone: 'danger',
        text: error === null ? t('pending.failed') : t('pending.failedBecause', { reason: reason(error) }),
        explain: null,
      };
    case 'unconfirmed':
      return { tone: 'warning', text: t('pending.unconfirmed'), explain: t('pending.explain') };
  }
}
