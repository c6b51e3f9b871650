import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { settingsSchema, type Settings } from '../../contract/settings.ts';
import { useT } from '../i18n/i18n.ts';
import { isComposing } from '../ui/ime.ts';
import { useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

interface LookupFieldProps {
  readonly name: 'ipLookupUrl' | 'ipLookupV6Url' | 'isolationUrl' | 'stunUrl';
  readonly label: string;
  readonly hint: string;
  /** What stands for it where it is empty. */
  readonly usual?: string;
  /** What it has to be, said where it is not. */
  readonly bad?: string;
  readonly change: (settings: Partial<Settings>) => Promise<void>;
}

const fits = (name: LookupFieldProps['name'], text: string): boolean =>
  settingsSchema.shape[name].safeParse(text).success;

/** The address of a service; kept when one leaves the field or presses Enter. */
export function LookupField({ name, label, hint, usual, bad, change }: LookupFieldProps) {
  const t = useT('settings');
  const kept = useSettings((state) => state.settings[name]);
  /** What is typed and not kept yet. */
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? kept).trim();
  const keep = async (): Promise<void> => {
    if (typed === null || !fits(name, text)) return;
    if (text !== kept) await change({ [name]: text });
    setTyped(null);
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {label}
        <p className={styles.hint}>{hint}</p>
      </div>
      <TextInput
        size="xs"
        w={240}
        type="url"
        aria-label={label}
        placeholder={usual ?? t('proxies.lookupUsual')}
        maxLength={500}
        error={fits(name, text) ? null : (bad ?? t('proxies.lookupBad'))}
        value={typed ?? kept}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !isComposing(event)) void keep();
        }}
      />
    </div>
  );
}
