import type { Result } from '../../base/result.ts';
import { say } from './notice-store.ts';

/** Says in passing that something could not be done. */
export function tell(answer: Result<unknown>): void {
  if (!answer.ok) say('notice.failed', answer.error);
}
