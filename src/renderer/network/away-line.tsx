import { IconMoonStars, IconX } from '@tabler/icons-react';
import type { AwaySummary } from '../../contract/network.ts';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { usePanel } from '../panel/panel-store.ts';
import styles from './network-bar.module.css';
import { dismissAway } from './network-store.ts';

/** Shows every conversation that needs a reply, whatever the list was narrowed to. */
function showNeedsReply(): void {
  const panel = usePanel.getState();
  panel.clearNarrowing();
  panel.setScope({ kind: 'all' });
  panel.setView('needs-reply');
  dismissAway();
}

/** Who wrote while nobody was there. */
export function AwayLine({ away }: { readonly away: AwaySummary }) {
  const t = useT('network');
  const format = useFormat();
  const now = useMinute();
  const { buyers: count, oldestAt } = away;
  const text =
    oldestAt === null
      ? t('away.answered', { count })
      : t('away.waiting', { count, span: format.duration(now - oldestAt) });
  return (
    <div className={styles.bar} data-tone="plain" role="region" aria-label={t('away.label')}>
      <span className={styles.icon} aria-hidden>
        <IconMoonStars size={15} stroke={1.9} />
      </span>
      <span className={styles.text}>{text}</span>
      {oldestAt !== null && (
        <button type="button" className={styles.button} onClick={showNeedsReply}>
          {t('away.show')}
        </button>
      )}
      <button type="button" className={styles.close} aria-label={t('away.dismiss')} onClick={dismissAway}>
        <IconX size={14} aria-hidden />
      </button>
    </div>
  );
}
