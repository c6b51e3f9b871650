import { IconAlertCircle, IconCheck, IconClock, IconHelpCircle } from '@tabler/icons-react';
import type { MessageView } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { discard, edit, retry, settle } from './message-actions.ts';
import styles from './message-bubble.module.css';
import type { HeldBy } from './thread-items.ts';

interface StatusProps {
  readonly message: MessageView;
  readonly heldBy: HeldBy;
}

/** A message that is not on its way yet: the platform can't be reached, or an earlier one comes first. */
const isWaiting = ({ message, heldBy }: StatusProps): boolean =>
  message.status === 'queued' && (message.error !== null || heldBy !== null);

/** How far an own message is, beside its time: a word and a sign. For others, who sent it. */
export function StatusWord(props: StatusProps) {
  const t = useT('thread');
  const { message } = props;
  if (message.author === 'elsewhere' || message.author === 'automatic' || message.author === 'platform') {
    return <span data-testid="message-origin">{t(`origin.${message.author}`)}</span>;
  }
  if (isWaiting(props)) return null;
  switch (message.status) {
    case 'queued':
    case 'sending':
      return (
        <span className={styles.status} data-testid="message-status">
          {t('status.sending')} <IconClock size={13} aria-hidden />
        </span>
      );
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

function Act({ name, act }: { readonly name: string; readonly act: () => Promise<void> }) {
  return (
    <button type="button" className={styles.act} onClick={() => void act()}>
      {name}
    </button>
  );
}

/** Under a message that did not get through, or may not have: why, in plain words, and what can be done. */
export function TroubleLine(props: StatusProps) {
  const t = useT('thread');
  const reason = useReason();
  const { message, heldBy } = props;
  const why = message.error === null ? null : reason(message.error);
  const waits = isWaiting(props);
  if (message.status !== 'failed' && message.status !== 'unconfirmed' && !waits) return null;
  return (
    <div className={styles.trouble} data-tone={message.status} data-testid="message-trouble">
      <span className={styles.why} data-testid="message-status">
        {message.status === 'failed' && <IconAlertCircle size={14} aria-hidden />}
        {message.status === 'unconfirmed' && <IconHelpCircle size={14} aria-hidden />}
        {message.status === 'failed' &&
          (why === null ? t('status.failed') : t('status.failedBecause', { reason: why }))}
        {message.status === 'unconfirmed' && t('status.unconfirmed')}
        {waits && <IconClock size={14} aria-hidden />}
        {waits && (heldBy === null ? t('status.waits', { reason: why ?? '' }) : t(`status.heldBy.${heldBy}`))}
      </span>
      <span className={styles.acts}>
        {message.status === 'failed' && <Act name={t('act.retry')} act={() => retry(message)} />}
        {message.status === 'unconfirmed' && (
          <Act name={t('act.arrived')} act={() => settle(message, 'arrived')} />
        )}
        {message.status === 'unconfirmed' && (
          <Act name={t('act.sendAgain')} act={() => settle(message, 'send-again')} />
        )}
        {message.status !== 'unconfirmed' && <Act name={t('act.edit')} act={() => edit(message)} />}
        <Act name={t('act.discard')} act={() => discard(message)} />
      </span>
    </div>
  );
}
