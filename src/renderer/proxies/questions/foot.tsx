import { Button } from '@mantine/core';
import type { ErrorShape } from '../../../base/errors.ts';
import { useT } from '../../i18n/i18n.ts';
import { closeQuestion } from '../board-store.ts';
import { useProxyError } from '../words.ts';
import styles from '../dialogs.module.css';

interface FootProps {
  readonly label: string;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly error: ErrorShape | null;
}

/** What went wrong, and the buttons of a dialog over the board. */
export function Foot({ label, busy = false, disabled = false, error }: FootProps) {
  const t = useT('proxies');
  const errorText = useProxyError();
  return (
    <>
      {error !== null && (
        <p role="alert" className={styles.problem}>
          {errorText(error)}
        </p>
      )}
      <div className={styles.buttons}>
        <Button variant="default" onClick={closeQuestion}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={disabled} data-testid="question-save">
          {label}
        </Button>
      </div>
    </>
  );
}
