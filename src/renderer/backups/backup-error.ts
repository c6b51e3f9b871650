import { useCallback } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { useErrorText } from '../ui/error-text.ts';

/** Reasons with words of their own. */
const KNOWN = ['disk-full', 'read-only-file', 'file-trouble', 'damaged', 'unchecked', 'newer', 'copy'];

/** React hook: why a backup could not be made or restored, by its reason. */
export function useBackupReason(): (reason: string) => string {
  const t = useT('backups');
  return useCallback((reason) => t(`reason.${KNOWN.includes(reason) ? reason : 'other'}`), [t]);
}

/** React hook: the same of an error. */
export function useBackupError(): (error: ErrorShape) => string {
  const reasonText = useBackupReason();
  const errorText = useErrorText();
  return useCallback(
    (error) => {
      const reason = error.details?.reason;
      return reason !== undefined && KNOWN.includes(reason) ? reasonText(reason) : errorText(error);
    },
    [reasonText, errorText],
  );
}
