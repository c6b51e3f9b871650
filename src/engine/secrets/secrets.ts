import type { RandomBytes } from '../../base/random.ts';
import type { Db } from '../db/database.ts';
import type { KeyRing } from './key-file.ts';
import { prepareSecrets } from './queries.ts';
import { seal, unseal } from './seal.ts';

/** Secrets by name, sealed in the database. */
export interface Secrets {
  /** The secret; null when there is none, or none that this data folder's keys open. */
  read(name: string): string | null;
  /** Stores it; part of the transaction it is called in. */
  write(name: string, text: string): void;
  remove(name: string): void;
}

interface SecretsInput {
  readonly db: Db;
  readonly keys: KeyRing;
  readonly randomBytes: RandomBytes;
  readonly now: () => number;
  /** Told of every secret that is read or written, so that the log knows what to hide. */
  readonly hide: (secret: string) => void;
}

/** Makes the store of secrets over an open key ring. */
export function createSecrets(input: SecretsInput): Secrets {
  const { keys, randomBytes, now, hide } = input;
  const queries = prepareSecrets(input.db);
  const write = (name: string, text: string): void => {
    hide(text);
    queries.write.run(name, seal(keys.current, name, text, randomBytes), now());
  };
  return {
    write,
    read: (name) => {
      const sealed = queries.read.get(name)?.sealed;
      if (sealed === undefined) return null;
      for (const key of [keys.current, ...keys.earlier]) {
        const text = unseal(key, name, sealed);
        if (text === null) continue;
        hide(text);
        return text;
      }
      return null;
    },
    remove: (name) => void queries.remove.run(name),
  };
}
