import { realpathSync } from 'node:fs';
import { z } from 'zod';
import type { SystemInfo } from '../../contract/system.ts';
import type { EngineOptions } from '../../wire/host-link.ts';
import type { Db } from '../db/database.ts';
import { readState, writeState } from '../db/engine-state.ts';

const schema = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  computer: z.string().nullable().default(null),
});

/** Where this data is at home: one machine, one folder. Anywhere else it is a copy, and only shown. */
export interface Home {
  /** Why it is only shown; null at home. */
  readonly readOnly: SystemInfo['readOnly'];
  /** This machine and folder are its home from now on. Part of the transaction it is called in. */
  takeOver(): void;
  /** Notes that it is in use now; nothing where it is only shown. */
  used(now: number): void;
}

/**
 * Compares the machine and folder this data was last used in with those it is opened in. Data that never had a home
 * gets this one. A folder that was moved looks the same as one that was copied, so both are asked about.
 */
export function findHome(db: Db, here: Pick<EngineOptions, 'machine' | 'dataDir'>, now: number): Home {
  const { id, name, computer = null } = here.machine;
  const folder = realpathSync(here.dataDir);
  const known = readHome(db);
  // A computer that does not say what it is called may be any.
  const isOther = known?.computer != null && computer !== null && known.computer !== computer;
  const isSame = known === null || (known.id === id && !isOther);
  const isHome = isSame && (known === null || known.folder === folder);
  const own = JSON.stringify({
    id,
    name,
    folder,
    computer: computer ?? (isSame ? known?.computer : null) ?? null,
  });
  const takeOver = (): void => writeState(db, 'machine', own);
  const lastUsed = Number(readState(db, 'last-used') ?? Number.NaN);
  if (isHome) {
    if (readState(db, 'machine') !== own) takeOver();
    writeState(db, 'last-used', String(now));
  }
  return {
    readOnly: isHome
      ? null
      : {
          machine: known.name,
          lastUsedAt: Number.isNaN(lastUsed) ? null : lastUsed,
          otherFolder: isSame ? known.folder : null,
        },
    takeOver,
    used: (at) => {
      if (isHome) writeState(db, 'last-used', String(at));
    },
  };
}

function readHome(db: Db): z.infer<typeof schema> | null {
  try {
    return schema.safeParse(JSON.parse(readState(db, 'machine') ?? '')).data ?? null;
  } catch {
    return null;
  }
}
