import { CodedError } from '../base/errors.ts';
import type { Handlers } from '../contract/index.ts';
import type { Feature } from './parts.ts';

/** Calls whose features are being written; this file ends with the last of them. */
const names = [
  'outbox.alerts',
  'outbox.dismissAlert',
  'outbox.edit',
  'outbox.release',
  'outbox.retryAll',
  'outbox.sendCard',
  'outbox.sendImage',
  'outbox.skip',
  'outbox.trouble',
  'backups.list',
  'backups.make',
  'backups.restore',
  'backups.report',
  'backups.dismissReport',
  'backups.takeOver',
  'log.about',
] as const;
type Name = (typeof names)[number];

const refuse = (): never => {
  throw new CodedError('internal', 'Not built yet');
};

export const notYet: Feature<Name> = {
  handlers: Object.fromEntries(names.map((name) => [name, refuse])) as unknown as Pick<Handlers, Name>,
};
