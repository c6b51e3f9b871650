import {
  IconAlertCircle,
  IconCheck,
  IconClock,
  IconLanguage,
  IconProgress,
  IconUserQuestion,
} from '@tabler/icons-react';
import { memo } from 'react';
import type { ConversationRow as Row } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { useReason } from '../panel/reason.ts';
import { Avatar } from '../ui/avatar.tsx';
import { CountBadge, Tag } from '../ui/badge.tsx';
import { platformLine } from '../ui/platform-line.ts';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import { onItsWay, previewOf } from './preview.ts';
import { RowTime, SnoozedUntil, Waited } from './row-times.tsx';
import styles from './conversation-row.module.css';

interface RowProps {
  readonly row: Row;
  readonly selected: boolean;
  /** The filter no longer holds it; it stays until the rows may move or it is left. */
  readonly left: boolean;
  readonly compact: boolean;
  readonly position: number;
  readonly total: number;
  readonly onSelect: (conversationId: number) => void;
}

/** The DOM id of a row, by which the list names its active one. */
export const rowDomId = (conversationId: number): string => `conversation-${conversationId}`;

/** How far the last own message is, as a sign; its words stand in the thread. */
function LastStatus({ row }: { readonly row: Row }) {
  const t = useT('conversations');
  if (row.failed > 0) return <IconAlertCircle size={15} className={styles.alarm} aria-hidden />;
  if (row.held > 0 || row.unconfirmed > 0)
    return <IconUserQuestion size={15} className={styles.asks} aria-hidden />;
  if (row.last?.status === 'sent')
    return <IconCheck size={15} className={styles.sign} role="img" aria-label={t('row.sent')} />;
  const way = row.last === null ? null : onItsWay(row.last);
  if (way !== null) {
    const Sign = way === 'checking' ? IconProgress : IconClock;
    const word = t(`row.${way}`);
    return <Sign size={15} className={styles.sign} role="img" aria-label={word} title={word} />;
  }
  return null;
}

/** The message a keyword was found in, with the word marked; behind the mark of a draft, if one waits there. */
function Match({
  match,
  hasDraft,
}: {
  readonly match: NonNullable<Row['match']>;
  readonly hasDraft: boolean;
}) {
  const t = useT('conversations');
  const part = (from: number, to?: number): string => displayText(match.text.slice(from, to));
  return (
    <span
      className={styles.preview}
      data-tone={hasDraft ? 'draft' : 'plain'}
      data-testid="conversation-match"
    >
      {hasDraft && (
        <span className={styles.lead} data-testid="conversation-draft">
          {t('preview.by', { who: t('preview.draft') })}
        </span>
      )}
      <bdi dir="auto">
        {part(0, match.from)}
        <mark className={styles.match}>{part(match.from, match.to)}</mark>
        {part(match.to)}
      </bdi>
    </span>
  );
}

function Preview({ row, selected }: { readonly row: Row; readonly selected: boolean }) {
  const t = useT('conversations');
  // The draft of the open conversation stands in its composer.
  const translated = useT('translation');
  const preview = previewOf(selected ? { ...row, draft: null } : row, t, useReason());
  const { original } = preview;
  return (
    <span
      className={styles.preview}
      data-tone={preview.tone}
      data-testid="conversation-preview"
      title={original === undefined ? undefined : translated('row.original', { text: displayText(original) })}
    >
      {original !== undefined && <IconLanguage size={13} className={styles.translated} aria-hidden />}
      {preview.lead !== null && <span className={styles.lead}>{t('preview.by', { who: preview.lead })}</span>}
      <bdi dir="auto">{displayText(preview.text)}</bdi>
    </span>
  );
}

function StoreLine({ row }: { readonly row: Row }) {
  return (
    <span className={styles.store} data-testid="conversation-store">
      <span className={styles.storeName}>{row.storeName}</span>
      <SiteTag site={row.site} />
    </span>
  );
}

function Waiting({ row, left }: { readonly row: Row; readonly left: boolean }) {
  const t = useT('conversations');
  if (left)
    return (
      <span className={styles.waited} data-testid="conversation-left">
        <Tag>{t('row.left')}</Tag>
      </span>
    );
  return row.state === 'snoozed' ? (
    <SnoozedUntil until={row.snoozedUntil} />
  ) : (
    <Waited since={row.waitingSince} />
  );
}

/** One conversation of the list. Drawn again only when something in it changed. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { row, selected, left, compact, position, total, onSelect } = props;
  const t = useT('conversations');
  const buyerName = useBuyerName();
  const size = compact ? 30 : 38;
  return (
    <div
      id={rowDomId(row.id)}
      role="option"
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={total}
      className={styles.row}
      data-testid="conversation-row"
      data-conversation-id={row.id}
      data-state={row.state}
      data-compact={compact}
      data-left={left}
      data-unread={row.unread > 0}
      onClick={() => onSelect(row.id)}
    >
      {selected && <span className={styles.bar} style={{ background: platformLine(row.platform) }} />}
      <span className={styles.face}>
        <Avatar name={row.buyerName} hash={row.avatarHash} size={size} />
        <span className={styles.mark}>
          <PlatformMark platform={row.platform} size={compact ? 14 : 16} />
        </span>
      </span>
      <span className={styles.lines}>
        <span className={styles.line}>
          <bdi className={styles.name} data-testid="conversation-buyer">
            {buyerName(row.buyerName)}
          </bdi>
          {compact && <StoreLine row={row} />}
          <span className={styles.gap} />
          <RowTime at={row.lastAt} />
        </span>
        <span className={styles.line}>
          {row.match === null ? (
            <Preview row={row} selected={selected} />
          ) : (
            <Match match={row.match} hasDraft={!selected && (row.draft ?? '').trim() !== ''} />
          )}
          <LastStatus row={row} />
          {compact && <Waiting row={row} left={left} />}
          <CountBadge count={row.unread} label={t('row.unread', { count: row.unread })} />
        </span>
        {!compact && (
          <span className={styles.line}>
            <StoreLine row={row} />
            <span className={styles.gap} />
            <Waiting row={row} left={left} />
          </span>
        )}
      </span>
    </div>
  );
});
