import { Button } from '@mantine/core';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { useBrowserError } from './browser-error.ts';
import { openBrowser } from './browsers-actions.ts';
import { closeQuestion } from './questions-store.ts';
import styles from './dialogs.module.css';

/** Why a store's browser could not do what was asked, and what to do about it. */
export function TroubleForm({ storeId, error }: { readonly storeId: number; readonly error: ErrorShape }) {
  const t = useT('browsers');
  const errorText = useBrowserError();
  return (
    <div className={styles.form}>
      <p role="alert" className={styles.lead}>
        {errorText(error)}
      </p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={closeQuestion}>
          {t('action.close')}
        </Button>
        <Button
          data-autofocus
          onClick={() => {
            closeQuestion();
            void openBrowser(storeId);
          }}
        >
          {t('trouble.again')}
        </Button>
      </div>
    </div>
  );
}
