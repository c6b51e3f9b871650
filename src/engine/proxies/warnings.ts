import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { readState, writeState } from '../db/engine-state.ts';
import type { Host } from '../host.ts';
import type { Log } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { prepareEnds, type EndingRow } from './way-queries.ts';

const DAY_MS = 86_400_000;
/** What was told of an end is forgotten so long after it, in milliseconds. */
const REMEMBER_MS = 90 * DAY_MS;
const TOLD = 'proxies-warned';

/** Of each proxy the last step that was told, in days, and of which end. */
const toldSchema = z.array(z.tuple([z.number(), z.object({ expiresAt: z.number(), days: z.number() })]));
type Told = z.infer<typeof toldSchema>[number][1];

interface WarningsInput {
  readonly db: Db;
  readonly host: Pick<Host, 'proxiesEnd'>;
  readonly settings: SettingsReader;
  readonly log: Log;
}

/**
 * Tells the host of proxies in use that end within the days the settings name, and of those that ended: each step once a
 * proxy, and of several that passed meanwhile only the last. Answers the function to be called now and then.
 */
export function createWarnings({ db, host, settings, log }: WarningsInput): (now: number) => void {
  const ends = prepareEnds(db);
  let told = readTold(db);

  return (now) => {
    const steps = settings.read().proxyWarnDays;
    const reached = ends.soon.all(now + Math.max(0, ...steps) * DAY_MS);
    const stepOf = ({ expiresAt }: EndingRow): number =>
      expiresAt <= now ? 0 : Math.min(...steps.filter((days) => expiresAt <= now + days * DAY_MS));
    const isNew = (row: EndingRow): boolean => {
      const before = told.get(row.id);
      return before?.expiresAt !== row.expiresAt || before.days > stepOf(row);
    };
    const fresh = reached.filter(isNew);
    if (fresh.length === 0) return;
    const kept = [...told].filter(([, { expiresAt }]) => expiresAt > now - REMEMBER_MS);
    const next = fresh.map((row) => [row.id, { expiresAt: row.expiresAt, days: stepOf(row) }] as const);
    // Written first: told once too often is worse than once too seldom, for all of it stands on the page.
    told = new Map([...kept, ...next]);
    writeState(db, TOLD, JSON.stringify([...told]));
    const { language } = settings.read();
    for (const [days, rows] of Map.groupBy(fresh, stepOf)) {
      host
        .proxiesEnd({ names: rows.map(({ name }) => name), days, language })
        .catch((error: unknown) => log.warn('notify', { error }));
    }
  };
}

function readTold(db: Db): ReadonlyMap<number, Told> {
  try {
    return new Map(toldSchema.parse(JSON.parse(readState(db, TOLD) ?? '[]')));
  } catch {
    return new Map();
  }
}
