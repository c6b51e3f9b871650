import {
  IconAlertCircle,
  IconCheck,
  IconClock,
  IconHelpCircle,
  IconProgress,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { MessageView, PendingView } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { ConnectionTestWord } from '../outbox/connection-test.tsx';
import { beginEdit } from '../outbox/edits.ts';
import { PendingActs, PendingActsMenu, QuietActs, type ActsProps } from '../outbox/pending-acts.tsx';
import { actsFor, type PendingPlace, type Phase } from '../outbox/pending.ts';
import type { PendingWords } from '../outbox/pending-words.ts';
import { usePendingWords } from '../outbox/use-pending-words.ts';
import { wishMessage } from './message-wish.ts';
import styles from './message-status.module.css';

interface PendingProps {
  readonly message: MessageView;
  readonly pending: PendingView;
  readonly place: PendingPlace;
  readonly storeId: number;
}

function OnItsWay() {
  const t = useT('thread');
  return (
    <span className={styles.status} data-testid="message-status">
      {t('status.sending')} <IconClock size={13} aria-hidden />
    </span>
  );
}

function PendingWord({ message, pending, place, storeId }: PendingProps) {
  const { error } = message;
  const words = usePendingWords({ pending, error, behindPhase: place.behindPhase, storeId });
  return words === null ? <OnItsWay /> : null;
}

/** How far an own message is, beside its time: a word and a sign. For others, who sent it. */
export function StatusWord(props: Omit<PendingProps, 'pending'>) {
  const t = useT('thread');
  const { message } = props;
  if (message.author === 'elsewhere' || message.author === 'automatic' || message.author === 'platform') {
    return <span data-testid="message-origin">{t(`origin.${message.author}`)}</span>;
  }
  if (message.pending !== null) return <PendingWord {...props} pending={message.pending} />;
  switch (message.status) {
    case 'queued':
    case 'sending':
      return <OnItsWay />;
    case 'sent':
      return (
        <span className={styles.status} data-testid="message-status">
          {t('status.sent')} <IconCheck size={13} aria-hidden />
        </span>
      );
    case 'failed':
    case 'unconfirmed':
    case null:
      return null;
  }
}

const signs: Record<Phase, typeof IconClock> = {
  queued: IconClock,
  sending: IconClock,
  checking: IconProgress,
  held: IconUserQuestion,
  failed: IconAlertCircle,
  unconfirmed: IconHelpCircle,
};

/** Who waits behind it, and what it waits for. */
function Neighbours({ message, pending, place }: Omit<PendingProps, 'storeId'>) {
  const t = useT('outbox');
  const { behindId } = pending;
  if (behindId !== null)
    return (
      <>
        {pending.phase === 'held' && <span className={styles.note}>{t('pending.alsoBehind')}</span>}
        <button
          type="button"
          className={styles.link}
          onClick={() => wishMessage(message.conversationId, behindId)}
        >
          {t('pending.showBehind')}
        </button>
      </>
    );
  if (pending.skipped) return <span className={styles.note}>{t('pending.skipped')}</span>;
  if (place.waiting === 0) return null;
  return <span className={styles.note}>{t('pending.waiting', { count: place.waiting })}</span>;
}

/** As loud as the message needs a person: what goes or is found by itself is better left alone. */
function Acts({
  phase,
  tone,
  ...rest
}: ActsProps & { readonly phase: Phase; readonly tone: PendingWords['tone'] }) {
  if (phase === 'queued') return <QuietActs {...rest} />;
  return tone === 'quiet' ? <PendingActsMenu {...rest} /> : <PendingActs {...rest} />;
}

/** Under a message that is not surely sent: how it stands, in plain words, and what can be done. */
export function PendingLine(props: PendingProps & { readonly editing: boolean }) {
  const { message, pending, place, storeId, editing } = props;
  const { error } = message;
  const words = usePendingWords({ pending, error, behindPhase: place.behindPhase, storeId });
  if (words === null) return null;
  const Sign = signs[pending.phase];
  const testPlace = `message-${message.id}`;
  const edit = (): void => beginEdit(message.id, message.text ?? '');
  const target = { messageId: message.id, storeId, edit, place: testPlace };
  const acts = actsFor(pending, message.kind, place.waiting);
  return (
    <div
      className={styles.trouble}
      data-tone={words.tone}
      data-phase={pending.phase}
      data-testid="message-trouble"
    >
      <span className={styles.why} data-testid="message-status">
        <Sign size={14} aria-hidden />
        {words.text}
      </span>
      {words.explain !== null && <span className={styles.explain}>{words.explain}</span>}
      <Neighbours message={message} pending={pending} place={place} />
      {!editing && <Acts phase={pending.phase} tone={words.tone} target={target} acts={acts} />}
      {pending.phase === 'failed' && <ConnectionTestWord place={testPlace} />}
    </div>
  );
}
