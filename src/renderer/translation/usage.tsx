import { useCallback } from 'react';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useAnswer } from '../ui/use-answer.ts';
import styles from '../settings/settings-view.module.css';

/** What was sent this month, and what the cache saved. */
export function Usage() {
  const t = useT('translation');
  const format = useFormat();
  const ask = useCallback(() => client.call('translation.usage', {}), []);
  const { value } = useAnswer(ask, 'translation');
  if (value === null) return null;
  const [characters, calls, saved] = [value.characters, value.calls, value.saved].map((n) =>
    format.number(n),
  );
  return (
    <p className={styles.hint} data-testid="translation-usage">
      {t('usage', { characters: characters ?? '', calls: calls ?? '', saved: saved ?? '' })}
    </p>
  );
}
