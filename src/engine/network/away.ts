import { z } from 'zod';
import type { AwaySummary } from '../../contract/network.ts';
import type { Db } from '../db/database.ts';
import { prepareNetwork } from './queries.ts';

/** A shorter absence is not worth a word, in milliseconds. */
export const AWAY_MS = 600_000;
/** When the platforms were last seen is written this often at most, in milliseconds. */
const NOTE_EVERY_MS = 60_000;
/** A platform counts whole seconds, and its clock may be so far behind ours, in milliseconds. */
const EARLY_MS = 60_000;
const SEEN = 'platforms-seen-at';
const SUMMARY = 'while-away';

const summarySchema = z.object({
  buyers: z.number(),
  oldestAt: z.number().nullable(),
  from: z.number(),
  to: z.number(),
});

/** Knows when the platforms were last seen, and who wrote in a time when they were not. */
export interface Away {
  /** All is well: told every few seconds, and not by answers, the first of which may come before it is known that time was lost. */
  seen(): void;
  /** Writes down when that was. */
  save(): void;
  /** An absence begins, or is found to have begun: when the platforms were last seen. */
  begin(): void;
  /** How long it has been, in milliseconds; 0 when there is none. */
  absentMs(): number;
  /** Everything was read again: sums the absence up if it was long. */
  end(): void;
  summary(): AwaySummary | null;
  dismiss(): void;
}

export function createAway(db: Db, now: () => number): Away {
  const queries = prepareNetwork(db);
  let seenAt = readNumber(queries.read.get(SEEN));
  let notedAt = seenAt ?? 0;
  let from: number | null = null;
  let summary = readSummary(queries.read.get(SUMMARY));

  const save = (): void => {
    if (seenAt === null || seenAt === notedAt) return;
    notedAt = seenAt;
    queries.write.run(SEEN, String(seenAt));
  };
  // A clock that was set back has not been away.
  const absentMs = (): number => (from === null ? 0 : Math.max(0, now() - from));

  return {
    save,
    absentMs,
    seen: () => {
      seenAt = now();
      if (Math.abs(seenAt - notedAt) >= NOTE_EVERY_MS) save();
    },
    begin: () => {
      from ??= seenAt;
    },
    end: () => {
      const to = now();
      if (from !== null && to - from > AWAY_MS) {
        const found = queries.wroteSince.get({ from, datedFrom: from - EARLY_MS });
        summary = found === undefined || found.buyers === 0 ? null : { ...found, from, to };
        if (summary === null) queries.forget.run(SUMMARY);
        else queries.write.run(SUMMARY, JSON.stringify(summary));
      }
      from = null;
    },
    summary: () => summary,
    dismiss: () => {
      summary = null;
      queries.forget.run(SUMMARY);
    },
  };
}

function readNumber(text: string | undefined): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isFinite(value) ? value : null;
}

function readSummary(text: string | undefined): AwaySummary | null {
  if (text === undefined) return null;
  try {
    return summarySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
