import { MultiSelect, Select } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { Settings } from '../../contract/settings.ts';
import { translationModes } from '../../contract/translation-models.ts';
import { useT } from '../i18n/i18n.ts';
import { changeSettings, useSettings } from '../settings/settings-store.ts';
import { ChoiceRow } from '../settings/choice-row.tsx';
import { NumberRow } from '../settings/number-row.tsx';
import { SwitchRow } from '../settings/switch-row.tsx';
import styles from '../settings/settings-view.module.css';
import { Glossary } from './glossary.tsx';
import { KeptTranslations } from './kept.tsx';
import { useLanguageOptions } from './language-options.ts';
import { ProviderList } from './provider-list.tsx';
import { Usage } from './usage.tsx';

function Reading({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('translation');
  const change = async (settings: Partial<Settings>): Promise<void> => {
    const answer = await changeSettings(settings);
    onFailed(answer.ok ? null : answer.error);
  };
  const { translateTo, languagesRead } = useSettings((state) => state.settings);
  const options = useLanguageOptions();
  return (
    <>
      <ChoiceRow
        setting="translateMode"
        label={t('default')}
        name={t('default')}
        hint={t('defaultHint')}
        options={translationModes.map((value) => ({ value, label: t(`modeName.${value}`) }))}
        onFailed={onFailed}
      />
      <SwitchRow setting="translateAnswers" label={t('write')} hint={t('writeHint')} onFailed={onFailed} />
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

/** Into what, by whom and for how much buyers' messages are translated, and what is kept of it. */
export function TranslationSettings({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('translation');
  return (
    <section className={styles.section} data-testid="translation-settings">
      <h2 className={styles.heading}>{t('title')}</h2>
      <p className={styles.lead}>{t('lead')}</p>
      <Reading onFailed={onFailed} />
      <ProviderList />
      <Glossary />
      <NumberRow setting="translationBudget" label={t('budget')} hint={t('budgetHint')} onFailed={onFailed} />
      <Usage />
      <KeptTranslations />
    </section>
  );
}
