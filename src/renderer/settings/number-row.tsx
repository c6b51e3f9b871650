import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { Settings } from '../../contract/settings.ts';
import { isComposing } from '../ui/ime.ts';
import { changeSettings, useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

type Setting =
  'sendAttempts' | 'staleMinutes' | 'browserMemoryMb' | 'browserSleepMinutes' | 'translationBudget';

/** As the contract allows. */
const bounds: Record<Setting, readonly [least: number, most: number]> = {
  sendAttempts: [1, 100],
  staleMinutes: [1, 1440],
  browserMemoryMb: [256, 65_536],
  browserSleepMinutes: [1, 1440],
  translationBudget: [0, 1_000_000_000],
};

interface NumberRowProps {
  readonly setting: Setting;
  readonly label: string;
  readonly hint: string;
  readonly onFailed: (error: ErrorShape | null) => void;
}

/** A whole number within its bounds, stored when its field is left or Enter is pressed; what is none leaves it as it was. */
export function NumberRow({ setting, label, hint, onFailed }: NumberRowProps) {
  const saved = useSettings((state) => state.settings[setting]);
  const [least, most] = bounds[setting];
  const [typed, setTyped] = useState<number | string | null>(null);
  const store = async (): Promise<void> => {
    setTyped(null);
    if (typeof typed !== 'number' || !Number.isFinite(typed)) return;
    const next = Math.min(most, Math.max(least, Math.round(typed)));
    if (next === saved) return;
    const change: Partial<Settings> = { [setting]: next };
    const answer = await changeSettings(change);
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
        w={most > 100_000 ? 140 : 90}
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
