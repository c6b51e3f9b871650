import { useCallback } from 'react';
import { useT } from '../i18n/i18n.ts';
import { displayText } from './display-text.ts';

/** Nothing of such a name can be seen: blanks and characters without a shape. */
const invisible = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** A buyer's name as it may be shown; `nameless` for one of which nothing could be seen. */
export function shownName(name: string, nameless: string): string {
  const shown = displayText(name);
  return invisible.test(shown) ? nameless : shown;
}

/** React hook: `shownName` in the language shown. */
export function useBuyerName(): (name: string) => string {
  const t = useT('common');
  return useCallback((name) => shownName(name, t('buyer.nameless')), [t]);
}
