import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { csvOf } from '../../base/csv.ts';
import type { ErrorShape } from '../../base/errors.ts';
import type { Result } from '../../base/result.ts';
import type { CallOutput } from '../../contract/index.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { saveText } from '../ui/save-text.ts';
import { SureButton } from '../ui/sure-button.tsx';
import { useDeed } from '../ui/use-deed.ts';
import { useBytes } from '../ui/use-bytes.ts';
import { useTranslationError } from './words.ts';
import settings from '../settings/settings-view.module.css';
import styles from './providers.module.css';

const KEPT_COLUMNS = ['store', 'site', 'original', 'translation', 'from', 'to', 'by', 'at'];
type CallResult = Result<CallOutput<'translation.export'>>;

/** Deletes what is kept of a store, or all of it. */
function Clear({ storeId, label }: { readonly storeId: number | null; readonly label: string }) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const [error, setError] = useState<ErrorShape | null>(null);
  const clear = async (): Promise<void> => {
    const answer = await client.call('translation.clear', { storeId, conversationId: null });
    setError(answer.ok ? null : answer.error);
  };
  return (
    <>
      {error !== null && (
        <span role="alert" className={styles.problem}>
          {t('kept.notDone', { reason: errorText(error) })}
        </span>
      )}
      <SureButton
        label={label}
        question={t('kept.sure')}
        yes={t('kept.yes')}
        no={t('kept.no')}
        act={() => void clear()}
      />
    </>
  );
}

/** All of it in one file, with the messages it is of. */
function Export() {
  const t = useT('translation');
  const format = useFormat();
  const errorText = useTranslationError();
  const byId = useStores((state) => state.byId);
  const form = useDeed(
    () => {},
    async () => {
      const table = [KEPT_COLUMNS.map((column) => t(`kept.column.${column}`))];
      for (let after: number | null = 0; after !== null;) {
        const answer: CallResult = await client.call('translation.export', { after });
        if (!answer.ok) return answer.error;
        for (const row of answer.value.rows) {
          const store = byId.get(row.storeId);
          const by = row.provider ?? t(`kept.by.${row.by}`);
          const cells = [
            store?.name ?? '',
            store?.site ?? '',
            row.original,
            row.translation,
            row.from ?? '',
            row.to,
            by,
          ];
          table.push([...cells, format.full(row.at)]);
        }
        after = answer.value.next;
      }
      saveText('counterdesk-translations.csv', csvOf(table));
      return null;
    },
  );
  return (
    <form onSubmit={form.submit}>
      {form.error !== null && (
        <span role="alert" className={styles.problem}>
          {t('kept.notExported', { reason: errorText(form.error) })}
        </span>
      )}
      <Button size="compact-sm" variant="default" type="submit" loading={form.busy}>
        {t('kept.export')}
      </Button>
    </form>
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
          <li className={styles.item}>
            <Export />
            {sizes.length > 1 && <Clear storeId={null} label={t('kept.clearAll')} />}
          </li>
        </ul>
      )}
    </>
  );
}
