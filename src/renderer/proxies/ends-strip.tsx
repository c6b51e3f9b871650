import { useMemo } from 'react';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage, useT, type Language, type Translate } from '../i18n/i18n.ts';
import { narrowBoard, useBoard } from './board-store.ts';
import { endsGroups, type EndsGroup } from './ends.ts';
import { useProxies } from './proxies-store.ts';
import styles from './ends-strip.module.css';

function labelOf({ key, from, to }: EndsGroup, language: Language, t: Translate): string {
  if (from === null || to === null) return t(`group.${key}`);
  if (key === 'day:0') return t('time.today');
  if (key === 'day:1') return t('group.tomorrow');
  if (from === to)
    return new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short' }).format(
      from,
    );
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }).formatRange(from, to);
}

const toneOf = ({ key }: EndsGroup): string =>
  key === 'ended' || key === 'day:0' ? 'danger' : /^day:[123]$/u.test(key) ? 'warning' : 'neutral';

/** What ends when, by day and then by week. Each narrows the board to what it counts. */
export function EndsStrip() {
  const t = useT('proxies');
  const language = useLanguage();
  const format = useFormat();
  const proxies = useProxies((state) => state.proxies);
  const chosen = useBoard((state) => state.filter.ends);
  const now = useMinute();
  const groups = useMemo(() => endsGroups(proxies, now), [proxies, now]);
  return (
    <div className={styles.strip} role="group" aria-label={t('group.label')}>
      {groups.map((group) => (
        <button
          key={group.key}
          type="button"
          className={styles.group}
          aria-pressed={chosen === group.key}
          data-tone={toneOf(group)}
          data-testid={`ends-${group.key}`}
          onClick={() => narrowBoard({ ends: chosen === group.key ? null : group.key })}
        >
          <span className={styles.when}>{labelOf(group, language, t)}</span>
          <span className={styles.count}>{format.number(group.proxies)}</span>
          <span className={styles.stores}>{t('group.stores', { count: group.stores })}</span>
        </button>
      ))}
    </div>
  );
}
