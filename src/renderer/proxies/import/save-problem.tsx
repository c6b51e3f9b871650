import { Button } from '@mantine/core';
import { useT } from '../../i18n/i18n.ts';
import { useProxyError } from '../words.ts';
import type { JudgedItem } from './import-model.ts';
import { previewList, useImport } from './import-store.ts';
import styles from './import-view.module.css';

/** Why nothing was saved; whether it was, where no answer came. The list stands as it was. */
export function SaveProblem({ items }: { readonly items: readonly JudgedItem[] }) {
  const t = useT('proxies');
  const errorText = useProxyError();
  const failed = useImport((state) => state.failed);
  if (failed?.at !== 'save') return null;
  const { error } = failed;
  const at = error.details?.row;
  const row = at === undefined ? undefined : items.filter(({ taken }) => taken)[at]?.row.row;
  const isUnknown = error.code === 'closed' || error.code === 'timed-out';
  const text = isUnknown ? t('import.failed.unknown') : t('import.failed.save', { reason: errorText(error) });
  return (
    <p role="alert" className={styles.saveProblem} data-testid="import-problem">
      {text}
      {row !== undefined && ` ${t('import.failed.row', { row })}`}
      <Button variant="default" size="compact-xs" onClick={() => void previewList()}>
        {t('import.again')}
      </Button>
    </p>
  );
}
