import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useBytes } from '../ui/use-bytes.ts';
import { useTranslationError } from './words.ts';
import settings from '../settings/settings-view.module.css';
import styles from './providers.module.css';

/** Deletes after a second press. */
function Clear({ storeId, label }: { readonly storeId: number | null; readonly label: string }) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isAsking) keep.current?.focus();
  }, [isAsking]);
  const [error, setError] = useState<ErrorShape | null>(null);
  const clear = async (): Promise<void> => {
    const answer = await client.call('translation.clear', { storeId, conversationId: null });
    setAsking(false);
    setError(answer.ok ? null : answer.error);
  };
  if (error !== null)
    return (
      <span role="alert" className={styles.problem}>
        {t('kept.notDone', { reason: errorText(error) })}
      </span>
    );
  return isAsking ? (
    <span className={styles.sure}>
      {t('kept.sure')}
      <Button size="compact-sm" variant="default" ref={keep} onClick={() => setAsking(false)}>
        {t('kept.no')}
      </Button>
      <Button size="compact-sm" color="red.9" onClick={() => void clear()}>
        {t('kept.yes')}
      </Button>
    </span>
  ) : (
    <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
      {label}
    </Button>
  );
}

/** What is kept of each store, and the ways to be rid of it. */
export function KeptTranslations() {
  const t = useT('translation');
  const format = useFormat();
  const bytes = useBytes();
  const byId = useStores((state) => state.byId);
  const ask = useCallback(() => client.call('translation.sizes', {}), []);
  const { value } = useAnswer(ask, 'translation');
  const nameOf = (storeId: number): string => {
    const store = byId.get(storeId);
    return store === undefined ? String(storeId) : `${displayText(store.name)} ${store.site}`;
  };
  const sizes = value ?? [];
  return (
    <>
      <h3 className={styles.title}>{t('kept.title')}</h3>
      {sizes.length === 0 ? (
        <p className={settings.hint}>{t('kept.none')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('kept.title')}>
          {sizes.map(({ storeId, translations, bytes: size }) => (
            <li key={storeId} className={styles.item} data-testid="kept-store">
              <span className={styles.name}>
                <bdi>{nameOf(storeId)}</bdi>
                <span className={styles.aside}>
                  {t('kept.count', { count: translations, number: format.number(translations) })} ·{' '}
                  {bytes(size)}
                </span>
              </span>
              <Clear storeId={storeId} label={t('kept.clear', { store: nameOf(storeId) })} />
            </li>
          ))}
          {sizes.length > 1 && (
            <li className={styles.item}>
              <span />
              <Clear storeId={null} label={t('kept.clearAll')} />
            </li>
          )}
        </ul>
      )}
    </>
  );
}
