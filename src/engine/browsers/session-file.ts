import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { z } from 'zod';
import type { RandomBytes } from '../../base/random.ts';
import { writeWhole } from '../db/files.ts';
import type { KeyRing } from '../secrets/key-file.ts';
import { seal, unseal } from '../secrets/seal.ts';

/** What a browser context keeps, as Playwright writes and reads it. */
export type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

/** What is kept of an account's browser while nothing of it runs. */
export interface Session {
  readonly state: StorageState;
  /** Addresses its pages were at, the one in front first. */
  readonly tabs: readonly string[];
}

const sessionSchema = z.object({
  version: z.literal(1),
  // Playwright's own shape; what it can't take it refuses.
  state: z.looseObject({ cookies: z.array(z.unknown()), origins: z.array(z.unknown()) }),
  tabs: z.array(z.string()),
});

/** The sessions of accounts, a sealed file each: who can read one is signed in as its seller. */
export interface SessionFiles {
  /** Null: there is none, or none these keys open; such a one is kept aside. */
  read(contextKey: string): Session | null;
  /** Whole or not at all. Throws what the disk says. */
  write(contextKey: string, session: Session): void;
  has(contextKey: string): boolean;
  remove(contextKey: string): void;
}

interface SessionFilesInput {
  /** Holds a folder for each account. */
  readonly folder: string;
  readonly keys: KeyRing;
  readonly randomBytes: RandomBytes;
}

export function createSessionFiles({ folder, keys, randomBytes }: SessionFilesInput): SessionFiles {
  const pathOf = (contextKey: string): string => join(folder, contextKey, 'session');
  const nameOf = (contextKey: string): string => `session ${contextKey}`;
  // Pages ask for all of them at once, often; nobody but us writes here.
  const known = new Map<string, boolean>();
  return {
    read: (contextKey) => {
      const path = pathOf(contextKey);
      known.delete(contextKey);
      if (!existsSync(path)) return null;
      const session = parse(open(keys, nameOf(contextKey), readFileSync(path)));
      if (session === null) renameSync(path, `${path}.unreadable`);
      return session;
    },
    write: (contextKey, session) => {
      mkdirSync(join(folder, contextKey), { recursive: true, mode: 0o700 });
      const text = JSON.stringify({ version: 1, ...session });
      writeWhole(pathOf(contextKey), seal(keys.current, nameOf(contextKey), text, randomBytes));
      known.set(contextKey, true);
    },
    has: (contextKey) => {
      const isThere = known.get(contextKey) ?? existsSync(pathOf(contextKey));
      known.set(contextKey, isThere);
      return isThere;
    },
    remove: (contextKey) => {
      known.set(contextKey, false);
      for (const end of ['', '.partial', '.unreadable'])
        rmSync(`${pathOf(contextKey)}${end}`, { force: true });
    },
  };
}

function open(keys: KeyRing, name: string, sealed: Uint8Array): string | null {
  for (const key of [keys.current, ...keys.earlier]) {
    const text = unseal(key, name, sealed);
    if (text !== null) return text;
  }
  return null;
}

function parse(text: string | null): Session | null {
  if (text === null) return null;
  try {
    const { state, tabs } = sessionSchema.parse(JSON.parse(text));
    return { state: state as unknown as StorageState, tabs };
  } catch {
    return null;
  }
}
