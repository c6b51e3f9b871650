import { Button, Select, Textarea } from '@mantine/core';
import { useCallback, useState } from 'react';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { useStores } from '../stores/stores-store.ts';
import { useAnswer } from '../ui/use-answer.ts';
import { useDeed } from '../ui/use-deed.ts';
import { useTranslationError } from './words.ts';
import settings from '../settings/settings-view.module.css';
import styles from './providers.module.css';

const ALL = 'all';

interface TermsProps {
  readonly storeId: number | null;
  /** What is typed and not kept yet. */
  readonly typed: string | null;
  readonly onTyped: (text: string | null) => void;
}

function Terms({ storeId, typed, onTyped }: TermsProps) {
  const t = useT('translation');
  const errorText = useTranslationError();
  const ask = useCallback(() => client.call('translation.glossary', { storeId }), [storeId]);
  const { value, again } = useAnswer(ask);
  const kept = value?.terms.join('\n') ?? '';
  const text = typed ?? kept;
  const terms = text.split('\n').map((term) => term.trim());
  const isLong = terms.some((term) => term.length > 100) || terms.length > 500;
  const saved = (): void => {
    onTyped(null);
    again();
  };
  const { busy, error, submit } = useDeed(saved, async () => {
    const filled = terms.filter((term) => term !== '');
    const answer = await client.call('translation.setGlossary', { storeId, terms: filled });
    return answer.ok ? null : answer.error;
  });
  return (
    <form className={styles.glossary} onSubmit={submit}>
      <Textarea
        aria-label={t('glossary.terms')}
        placeholder={t('glossary.placeholder')}
        autosize
        minRows={2}
        maxRows={8}
        error={isLong ? t('glossary.tooLong') : null}
        value={text}
        onChange={(event) => onTyped(event.currentTarget.value)}
      />
      {error !== null && (
        <span role="alert" className={styles.problem}>
          {t('form.notSaved', { reason: errorText(error) })}
        </span>
      )}
      {text !== kept && (
        <Button size="compact-sm" type="submit" loading={busy} disabled={isLong}>
          {t('glossary.save')}
        </Button>
      )}
    </form>
  );
}

/** Words that are never translated: brands, models, names of the shop. */
export function Glossary() {
  const t = useT('translation');
  const stores = useStores((state) => state.stores);
  const [of, setOf] = useState(ALL);
  /** Of each store: looking at another loses nothing. */
  const [typed, setTyped] = useState<Readonly<Record<string, string | null>>>({});
  return (
    <>
      <h3 className={styles.title}>{t('glossary.title')}</h3>
      <div className={settings.row}>
        <p className={settings.hint}>{t('glossary.hint')}</p>
        <Select
          aria-label={t('glossary.of')}
          w={220}
          allowDeselect={false}
          searchable
          value={of}
          data={[
            { value: ALL, label: t('glossary.all') },
            ...stores.map(({ id, name, site }) => ({
              value: String(id),
              label: `${displayText(name)} ${site}`,
            })),
          ]}
          onChange={(value) => setOf(value ?? ALL)}
        />
      </div>
      <Terms
        key={of}
        storeId={of === ALL ? null : Number(of)}
        typed={typed[of] ?? null}
        onTyped={(text) => setTyped((before) => ({ ...before, [of]: text }))}
      />
    </>
  );
}
