import { useCallback } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';

/** Reasons a person can do something about; each has a sentence that says what. */
const HINTS = [
  'no-browser',
  'no-display',
  'no-seller-centre',
  'other-shop',
  'other-host',
  'other-platform',
  'open',
  'read-only',
  'browser-crashed',
  'page-crashed',
  'browser-leaks',
  'no-opener',
  'proxy-ended',
  'proxy-disabled',
  'proxy-required',
];

/** React hook: why something about a store's browser did not work, and what to do about it where that is known. */
export function useBrowserError(): (error: ErrorShape) => string {
  const t = useT('browsers');
  const reason = useReason();
  return useCallback(
    (error) => {
      const why = t('error.because', { reason: reason(error) });
      const finer = error.details?.reason ?? '';
      return HINTS.includes(finer) ? t('error.withHint', { why, hint: t(`hint.${finer}`) }) : why;
    },
    [t, reason],
  );
}
