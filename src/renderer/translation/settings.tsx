import { MultiSelect, NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { Settings } from '../../contract/settings.ts';
import { translationModes, type TranslationMode } from '../../contract/translation-modes.ts';
import { useT } from '../i18n/i18n.ts';
import { changeSettings, useSettings } from '../settings/settings-store.ts';
import styles from '../settings/settings-view.module.css';
import { Glossary } from './glossary.tsx';
import { KeptTranslations } from './kept.tsx';
import { useLanguageOptions } from './language-options.ts';
import { ProviderList } from './provider-list.tsx';
import { Usage } from './usage.tsx';

interface PartProps {
  readonly change: (settings: Partial<Settings>) => Promise<void>;
}

function Reading({ change }: PartProps) {
  const t = useT('translation');
  const { translateTo, languagesRead, translateMode, translateAnswers } = useSettings(
    (state) => state.settings,
  );
  const options = useLanguageOptions();
  return (
    <>
      <div className={styles.row}>
        <div className={styles.label}>
          {t('default')}
          <p className={styles.hint}>{t('defaultHint')}</p>
        </div>
        <SegmentedControl<TranslationMode>
          aria-label={t('default')}
          size="sm"
          value={translateMode}
          data={translationModes.map((value) => ({ value, label: t(`modeName.${value}`) }))}
          onChange={(mode) => void change({ translateMode: mode })}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.label}>
          {t('write')}
          <p className={styles.hint}>{t('writeHint')}</p>
        </div>
        <Switch
          aria-label={t('write')}
          checked={translateAnswers}
          onChange={(event) => void change({ translateAnswers: event.currentTarget.checked })}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.label}>{t('to')}</div>
        <Select
          aria-label={t('to')}
          w={220}
          allowDeselect={false}
          searchable
          value={translateTo}
          data={[{ value: 'system', label: t('toSystem') }, ...options]}
          onChange={(value) => void change({ translateTo: (value ?? 'system') as Settings['translateTo'] })}
        />
      </div>
      <div className={styles.row}>
        <div className={styles.label}>
          {t('read')}
          <p className={styles.hint}>{t('readHint')}</p>
        </div>
        <MultiSelect
          aria-label={t('read')}
          w={300}
          searchable
          placeholder={languagesRead.length === 0 ? t('readPick') : ''}
          value={languagesRead}
          data={options}
          onChange={(values) => void change({ languagesRead: values as LanguageCode[] })}
        />
      </div>
    </>
  );
}

function Budget({ change }: PartProps) {
  const t = useT('translation');
  const saved = useSettings((state) => state.settings.translationBudget);
  const [typed, setTyped] = useState<number | string | null>(null);
  const store = async (): Promise<void> => {
    setTyped(null);
    if (typeof typed === 'number' && typed >= 0)
      await change({ translationBudget: Math.round(Math.min(typed, 1e9)) });
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {t('budget')}
        <p className={styles.hint}>{t('budgetHint')}</p>
      </div>
      <NumberInput
        aria-label={t('budget')}
        size="sm"
        w={140}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=" "
        value={typed ?? saved}
        onChange={setTyped}
        onBlur={() => void store()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void store();
        }}
      />
    </div>
  );
}

/** Into what, by whom and for how much buyers' messages are translated, and what is kept of it. */
export function TranslationSettings({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('translation');
  const change = async (settings: Partial<Settings>): Promise<void> => {
    const answer = await changeSettings(settings);
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <section className={styles.section} data-testid="translation-settings">
      <h2 className={styles.heading}>{t('title')}</h2>
      <p className={styles.lead}>{t('lead')}</p>
      <Reading change={change} />
      <ProviderList />
      <Glossary />
      <Budget change={change} />
      <Usage />
      <KeptTranslations />
    </section>
  );
}
