import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { platformIds, type PlatformId } from '../../contract/models.ts';
import type { SystemInfo } from '../../contract/system.ts';
import { useT } from '../i18n/i18n.ts';
import { TranslationSettings } from '../translation/settings.tsx';
import { useErrorText } from '../ui/error-text.ts';
import { modifierName } from '../ui/kbd.tsx';
import { PlatformMark } from '../ui/platform-mark.tsx';
import { ChoiceRow, type Choice } from './choice-row.tsx';
import { Backups } from './backups.tsx';
import { Browsers } from './browsers.tsx';
import { Proxies } from './proxies.tsx';
import { Sending } from './sending.tsx';
import styles from './settings-view.module.css';

const readMarkOf: Record<PlatformId, Choice> = {
  shopee: 'readMarkShopee',
  lazada: 'readMarkLazada',
  tiktok: 'readMarkTiktok',
};

function Facts({ info }: { readonly info: SystemInfo }) {
  const t = useT('settings');
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('about.title')}</h2>
      <dl className={styles.facts}>
        <dt>{t('about.dataDir')}</dt>
        <dd className={styles.path}>{info.dataDir}</dd>
        <dt>{t('about.version')}</dt>
        <dd>{info.version}</dd>
      </dl>
    </section>
  );
}

function Appearance({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('appearance.title')}</h2>
      <ChoiceRow
        setting="language"
        label={t('language.label')}
        name={t('language.label')}
        onFailed={onFailed}
        options={[
          { value: 'system', label: t('system') },
          { value: 'en', label: t('language.en') },
          { value: 'zh-Hans', label: t('language.zh-Hans') },
        ]}
      />
      <ChoiceRow
        setting="theme"
        label={t('theme.label')}
        name={t('theme.label')}
        onFailed={onFailed}
        options={[
          { value: 'system', label: t('system') },
          { value: 'light', label: t('theme.light') },
          { value: 'dark', label: t('theme.dark') },
        ]}
      />
      <ChoiceRow
        setting="density"
        label={t('density.label')}
        name={t('density.label')}
        onFailed={onFailed}
        options={[
          { value: 'comfortable', label: t('density.comfortable') },
          { value: 'compact', label: t('density.compact') },
        ]}
      />
    </section>
  );
}

function ReadMarks({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('readMark.title')}</h2>
      <p className={styles.lead}>{t('readMark.text')}</p>
      {platformIds.map((platform) => (
        <ChoiceRow
          key={platform}
          setting={readMarkOf[platform]}
          name={`${t('readMark.title')}: ${t(`platform.${platform}`)}`}
          label={
            <span className={styles.platform}>
              <PlatformMark platform={platform} decorative />
              {t(`platform.${platform}`)}
            </span>
          }
          {...(platform === 'lazada' ? { hint: t('readMark.lazada') } : {})}
          onFailed={onFailed}
          options={[
            { value: 'view', label: t('readMark.view') },
            { value: 'reply', label: t('readMark.reply') },
          ]}
        />
      ))}
    </section>
  );
}

/** Everything the person can set, stored at once. */
export function SettingsView({ info }: { readonly info: SystemInfo }) {
  const t = useT('settings');
  const errorText = useErrorText();
  const [error, setError] = useState<ErrorShape | null>(null);
  const mod = modifierName();
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t('title')}</h1>
        {error !== null && (
          <p role="alert" className={styles.error}>
            {t('notSaved', { reason: errorText(error) })}
          </p>
        )}
        <Appearance onFailed={setError} />
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('writing.title')}</h2>
          <ChoiceRow
            setting="sendKey"
            label={t('sendKey.label')}
            name={t('sendKey.label')}
            hint={t('sendKey.hint', { mod })}
            onFailed={setError}
            options={[
              { value: 'enter', label: t('sendKey.enter') },
              { value: 'ctrl-enter', label: t('sendKey.modEnter', { mod }) },
            ]}
          />
        </section>
        <Sending onFailed={setError} />
        <TranslationSettings onFailed={setError} />
        <Proxies onFailed={setError} />
        <Browsers onFailed={setError} />
        <ReadMarks onFailed={setError} />
        <Backups onFailed={setError} />
        <Facts info={info} />
      </div>
    </div>
  );
}
