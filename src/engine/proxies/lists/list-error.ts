import { CodedError } from '../../../base/errors.ts';

/** The list as a whole can't be read. `what` never quotes it: a list is full of passwords. */
export function listError(reason: 'unreadable-file' | 'too-many-rows' | 'empty', what: string): CodedError {
  return new CodedError('invalid', what, { reason, field: 'source' });
}
