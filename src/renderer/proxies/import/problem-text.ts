import { useCallback } from 'react';
import type { ImportProblem } from '../../../contract/proxies.ts';
import { useT } from '../../i18n/i18n.ts';

/** React hook: why a row can't be taken as it stands, and what to do. */
export function useProblemText(): (problem: ImportProblem) => string {
  const t = useT('proxies');
  return useCallback((problem) => t(`problem.${problem}`), [t]);
}
