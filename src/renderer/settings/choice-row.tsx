import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { Settings } from '../../contract/settings.ts';
import { changeSettings, useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

/** Settings that are one choice of a few. */
export type Choice = Exclude<
  keyof Settings,
  'collapsedSections' | 'railOnlyWork' | 'listSort' | 'requireProxy' | 'proxyWarnDays' | 'languagesRead'
>;
interface ChoiceRowProps<K extends Choice> {
  readonly setting: K;
  readonly label: ReactNode;
  /** The label as plain text, for screen readers. */
  readonly name: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: Settings[K]; readonly label: string }[];
  readonly onFailed: (error: ErrorShape | null) => void;
}

/** One choice of a few, stored at once. */
export function ChoiceRow<K extends Choice>({
  setting,
  label,
  name,
  hint,
  options,
  onFailed,
}: ChoiceRowProps<K>) {
  const value = useSettings((state) => state.settings[setting]);
  const change = async (next: Settings[K]): Promise<void> => {
    const answer = await changeSettings({ [setting]: next });
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {label}
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      </div>
      <SegmentedControl<Settings[K]>
        aria-label={name}
        size="sm"
        value={value}
        data={[...options]}
        onChange={(next) => void change(next)}
      />
    </div>
  );
}
