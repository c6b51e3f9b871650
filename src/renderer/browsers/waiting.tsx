import { Button, Loader } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { useBrowserError } from './browser-error.ts';
import styles from './dialogs.module.css';

/** Something is asked for. */
export function Waiting({ text }: { readonly text: string }) {
  return (
    <div className={styles.waiting} role="status">
      <Loader size="sm" aria-hidden />
      <span>{text}</span>
    </div>
  );
}

/** It did not come: why, and the way to ask again. */
export function Failed({ error, again }: { readonly error: ErrorShape; readonly again: () => void }) {
  const t = useT('browsers');
  const errorText = useBrowserError();
  return (
    <div className={styles.form} role="alert">
      <p className={styles.problem}>{errorText(error)}</p>
      <div>
        <Button variant="default" size="xs" onClick={again}>
          {t('action.retry')}
        </Button>
      </div>
    </div>
  );
}
