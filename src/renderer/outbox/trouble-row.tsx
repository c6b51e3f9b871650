import { memo } from 'react';
import type { TroubleItem } from '../../contract/outbox.ts';
import { useFormat } from '../i18n/format.ts';
import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { useBuyerName } from '../panel/buyer-name.ts';
import { displayText } from '../panel/display-text.ts';
import { Tag } from '../ui/badge.tsx';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { SiteTag } from '../ui/site-tag.tsx';
import { ConnectionTestWord } from './connection-test.tsx';
import { openMessage } from './open-message.ts';
import { PendingActs } from './pending-acts.tsx';
import { actsFor } from './pending.ts';
import { usePendingWords } from './use-pending-words.ts';
import styles from './trouble-row.module.css';

function Since({ at }: { readonly at: number }) {
  const t = useT('outbox');
  const format = useFormat();
  const now = useMinute();
  return (
    <time className={styles.since} dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {t('row.since', { time: format.listTime(at, now) })}
    </time>
  );
}

function Content({ item }: { readonly item: TroubleItem }) {
  const t = useT('outbox');
  const text = displayText(item.text ?? '').trim();
  return (
    <p className={styles.text} dir="auto">
      {item.kind !== 'text' && <Tag>{t(`content.${item.kind}`)}</Tag>}
      {text === '' && item.kind === 'text' ? t('content.empty') : text}
    </p>
  );
}

function What({ item }: { readonly item: TroubleItem }) {
  const { pending, error, storeId } = item;
  const words = usePendingWords({ pending, error, behindPhase: null, storeId });
  if (words === null) return null;
  return (
    <p className={styles.what} data-tone={words.tone} data-testid="trouble-what">
      {words.text}
      {words.explain !== null && <span className={styles.explain}> {words.explain}</span>}
    </p>
  );
}

/** One message that waits for a person: whose, what, why, since when, and what can be done. A click opens it. */
export const TroubleRow = memo(function TroubleRow({ item }: { readonly item: TroubleItem }) {
  const t = useT('outbox');
  const buyer = useBuyerName()(item.buyerName);
  const { messageId, conversationId, storeId, pending, kind } = item;
  const place = `outbox-${messageId}`;
  const edit = (): void => openMessage(conversationId, messageId, true);
  const target = { messageId, storeId, edit, place };
  return (
    <div
      role="listitem"
      tabIndex={-1}
      className={styles.row}
      data-message-id={messageId}
      data-testid="trouble-row"
      data-phase={pending.phase}
    >
      <div className={styles.whose}>
        <span className={styles.store}>
          <PlatformMark platform={item.platform} />
          <span className={styles.storeName}>{displayText(item.storeName)}</span>
          <SiteTag site={item.site} />
        </span>
        <Since at={item.at} />
      </div>
      <div className={styles.middle}>
        <button
          type="button"
          className={styles.open}
          title={t('row.open')}
          onClick={() => openMessage(conversationId, messageId)}
        >
          <bdi>{buyer}</bdi>
        </button>
        <Content item={item} />
        <What item={item} />
        <div className={styles.acts}>
          <PendingActs target={target} acts={actsFor(pending, kind, item.waiting)} />
          <ConnectionTestWord place={place} />
        </div>
      </div>
    </div>
  );
});
