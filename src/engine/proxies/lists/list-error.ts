import { CodedError } from '../../../base/errors.ts';

/** The list as a whole can't be read. `what` never quotes it: a list is full of passwords. */
export function listError(reason: 'unreadable-file' | 'too-many-rows' | 'empty', what: string): CodedError {
  return new CodedError('invalid', what, { reason, field: 'source' });
}

/** What the readers of zip and XML say of a broken file is of no use to a person, and may quote it. */
export function asListError(error: unknown): CodedError {
  return error instanceof CodedError
    ? error
    : listError('unreadable-file', 'The file is no workbook, or a damaged one');
}
