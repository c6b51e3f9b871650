import { useCallback } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';

/**
 * React hook: puts an error into plain words: by its finer reason where the locale files know it, else by its
 * code; a platform's refusal without known words is named as the platform names it.
 */
export function useReason(): (error: ErrorShape) => string {
  const t = useT('panel');
  return useCallback(
    (error) => {
      const finer = error.details?.reason;
      if (finer !== undefined && /^[\w-]+$/u.test(finer)) {
        const key = `reason.${finer}`;
        const words = t(key);
        if (words !== key) return words;
        if (error.code === 'rejected') return t('reason.rejectedAs', { name: finer });
      }
      return t(`reason.${error.code}`);
    },
    [t],
  );
}
