import type { IsolationFinding } from '../../contract/browsers.ts';

/** The verdict on the whole: what is wrong outweighs what is unclear; nothing looked at is unclear. */
export function overall(findings: readonly IsolationFinding[]): IsolationFinding['verdict'] {
  if (findings.some(({ verdict }) => verdict === 'bad')) return 'bad';
  if (findings.length === 0 || findings.some(({ verdict }) => verdict === 'unclear')) return 'unclear';
  return 'good';
}
