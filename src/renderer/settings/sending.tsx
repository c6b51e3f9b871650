import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { isComposing } from '../ui/ime.ts';
import { changeSettings, useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

type Setting = 'sendAttempts' | 'staleMinutes';

/** As the contract allows. */
const most: Record<Setting, number> = { sendAttempts: 100, staleMinutes: 1440 };

interface NumberRowProps {
  readonly setting: Setting;
  readonly label: string;
  readonly hint: string;
  readonly onFailed: (error: ErrorShape | null) => void;
}

/** A whole number from 1 on, stored when its field is left or Enter is pressed; what is none leaves it as it was. */
function NumberRow({ setting, label, hint, onFailed }: NumberRowProps) {
  const saved = useSettings((state) => state.settings[setting]);
  const [typed, setTyped] = useState<number | string | null>(null);
  const store = async (): Promise<void> => {
    setTyped(null);
    if (typeof typed !== 'number' || !Number.isFinite(typed)) return;
    const next = Math.min(most[setting], Math.max(1, Math.round(typed)));
    if (next === saved) return;
    const answer = await changeSettings({ [setting]: next });
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {label}
        <p className={styles.hint}>{hint}</p>
      </div>
      <NumberInput
        aria-label={label}
        size="sm"
        w={90}
        hideControls
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        value={typed ?? saved}
        onChange={setTyped}
        onBlur={() => void store()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event)) void store();
        }}
      />
    </div>
  );
}

/** How stubbornly messages are sent, and when a late one is asked about. */
export function Sending({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('settings');
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('sending.title')}</h2>
      <NumberRow
        setting="staleMinutes"
        label={t('sending.stale')}
        hint={t('sending.staleHint')}
        onFailed={onFailed}
      />
      <NumberRow
        setting="sendAttempts"
        label={t('sending.attempts')}
        hint={t('sending.attemptsHint')}
        onFailed={onFailed}
      />
    </section>
  );
}
