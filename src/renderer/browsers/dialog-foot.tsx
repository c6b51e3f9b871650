import { Button } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { useBrowserError } from './browser-error.ts';
import { closeQuestion } from './questions-store.ts';
import styles from './dialogs.module.css';

interface FootProps {
  /** What the button does, in a word or two. */
  readonly label: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  /** Something is lost by it. */
  readonly isGrave?: boolean;
  readonly error: ErrorShape | null;
}

/** What went wrong, and the buttons of a dialog about a store's browser. */
export function DialogFoot({ label, busy, disabled = false, isGrave = false, error }: FootProps) {
  const t = useT('browsers');
  const errorText = useBrowserError();
  return (
    <>
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={closeQuestion} data-autofocus={isGrave || undefined}>
          {t('action.cancel')}
        </Button>
        <Button
          type="submit"
          loading={busy}
          disabled={disabled}
          data-testid="browser-question-save"
          {...(isGrave ? { color: 'red.9' } : {})}
        >
          {label}
        </Button>
      </div>
    </>
  );
}
