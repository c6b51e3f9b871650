import { Switch } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import type { Settings } from '../../contract/settings.ts';
import { changeSettings, useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

/** Settings that are on or off. */
type Toggle = { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings];

interface SwitchRowProps {
  readonly setting: Toggle;
  readonly label: string;
  readonly hint: string;
  readonly onFailed: (error: ErrorShape | null) => void;
}

/** A setting that is on or off, stored at once. */
export function SwitchRow({ setting, label, hint, onFailed }: SwitchRowProps) {
  const isOn = useSettings((state) => state.settings[setting]);
  const change = async (next: boolean): Promise<void> => {
    const answer = await changeSettings({ [setting]: next });
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {label}
        <p className={styles.hint}>{hint}</p>
      </div>
      <Switch
        aria-label={label}
        checked={isOn}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
    </div>
  );
}
