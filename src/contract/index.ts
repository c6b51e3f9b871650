import type { z } from 'zod';
import { backupsContract } from './backups.ts';
import { browsersContract } from './browsers.ts';
import { conversationsContract } from './conversations.ts';
import { draftsContract } from './drafts.ts';
import { logContract } from './log.ts';
import { messagesContract } from './messages.ts';
import { networkContract } from './network.ts';
import { outboxContract } from './outbox.ts';
import { proxiesContract } from './proxies.ts';
import { settingsContract } from './settings.ts';
import { snapshotsContract } from './snapshots.ts';
import { storesContract } from './stores.ts';
import { systemContract } from './system.ts';
import { translationContract } from './translation.ts';

/** Every call a page may make: the sum of the features. An id that is not there is `not-found`, whatever else a call names. */
export const contract = {
  ...storesContract,
  ...conversationsContract,
  ...messagesContract,
  ...outboxContract,
  ...draftsContract,
  ...settingsContract,
  ...networkContract,
  ...snapshotsContract,
  ...backupsContract,
  ...proxiesContract,
  ...browsersContract,
  ...translationContract,
  ...logContract,
  ...systemContract,
};

export type Contract = typeof contract;
export type Method = keyof Contract;
/** What a caller passes: defaults may be left out. */
export type CallInput<M extends Method> = z.input<Contract[M]['input']>;
/** What a handler gets: checked, defaults filled in. */
export type HandlerInput<M extends Method> = z.output<Contract[M]['input']>;
export type CallOutput<M extends Method> =
  NonNullable<Contract[M]['output']> | Extract<Contract[M]['output'], null>;

/** The engine's side: one function a method; throws `CodedError`, which the wire turns into an error answer. */
export type Handlers<M extends Method = Method> = {
  readonly [K in M]: (input: HandlerInput<K>) => CallOutput<K> | Promise<CallOutput<K>>;
};
