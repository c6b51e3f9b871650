import { z } from 'zod';
import type { Db } from '../db/database.ts';
import { readState, writeState } from '../db/engine-state.ts';
import type { Host } from '../host.ts';
import type { Feed, Log } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { firstOfMonth } from '../../base/local-day.ts';
import { prepareBudgets, type SpentRow } from './way-queries.ts';

const TOLD = 'budgets-told';
/** Of a budget, in per cent; the highest first. */
const STEPS = [100, 80] as const;
type Step = (typeof STEPS)[number];

/** Of each proxy the last step that was told, in which month, and of which budget. */
const toldSchema = z.array(
  z.tuple([z.number(), z.object({ month: z.string(), budget: z.number(), step: z.number() })]),
);
type Told = z.infer<typeof toldSchema>[number][1];

interface BudgetsInput {
  readonly db: Db;
  readonly host: Pick<Host, 'proxyBudgets'>;
  readonly settings: SettingsReader;
  readonly feed: Feed;
  readonly log: Log;
}

/**
 * Tells the host of proxies that have used 80 % and 100 % of their month's budget: each step once a month, and again once
 * a person changed the budget; of both at once only the higher. Nothing is stopped by it. Answers the function to be
 * called, with the time, whenever traffic was written.
 */
export function createBudgets({ db, host, settings, feed, log }: BudgetsInput): (now: number) => void {
  const rows = prepareBudgets(db);
  let told = readTold(db);

  return (now) => {
    const month = firstOfMonth(now);
    const isNew = (row: SpentRow): boolean => {
      const before = told.get(row.id);
      const isSame = before?.month === month && before.budget === row.budget;
      return !isSame || before.step < stepOf(row);
    };
    const fresh = rows.spent.all({ since: month, percent: Math.min(...STEPS) }).filter(isNew);
    if (fresh.length === 0) return;
    const kept = [...told].filter(([, before]) => before.month === month);
    const next = fresh.map((row) => [row.id, { month, budget: row.budget, step: stepOf(row) }] as const);
    // Written first: told once too often is worse than once too seldom, for all of it stands on the page.
    told = new Map([...kept, ...next]);
    writeState(db, TOLD, JSON.stringify([...told]));
    feed.emit(
      'proxies',
      fresh.map(({ id }) => id),
    );
    const { language } = settings.read();
    for (const [percent, reached] of Map.groupBy(fresh, stepOf)) {
      host
        .proxyBudgets({ names: reached.map(({ name }) => name), percent, language })
        .catch((error: unknown) => log.warn('notify', { error }));
    }
  };
}

function stepOf({ used, budget }: SpentRow): Step {
  return used >= budget ? 100 : 80;
}

function readTold(db: Db): ReadonlyMap<number, Told> {
  try {
    return new Map(toldSchema.parse(JSON.parse(readState(db, TOLD) ?? '[]')));
  } catch {
    return new Map();
  }
}
