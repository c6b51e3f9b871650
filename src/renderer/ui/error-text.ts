import { useCallback } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';

/** React hook: an error in plain words, by its code. */
export function useErrorText(): (error: ErrorShape) => string {
  const t = useT('common');
  return useCallback((error) => t(`error.${error.code}`), [t]);
}
