import { useCallback } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';

/** What keeps anything from being saved says more than any code. */
const STORAGE = ['disk-full', 'read-only-file', 'file-trouble'];

/** React hook: an error in plain words, by its code. */
export function useErrorText(): (error: ErrorShape) => string {
  const t = useT('common');
  return useCallback(
    (error) => {
      const reason = error.details?.reason ?? '';
      return STORAGE.includes(reason) ? t(`storage.${reason}`) : t(`error.${error.code}`);
    },
    [t],
  );
}
