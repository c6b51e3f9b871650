import { firstOfMonth, localDay } from '../../base/local-day.ts';
import type { TranslationUsage } from '../../contract/translation.ts';
import { readState, writeState } from '../db/engine-state.ts';
import type { Db } from '../db/database.ts';
import type { Host } from '../host.ts';
import type { Log } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { prepareUsage } from './queries.ts';

const TOLD = 'translation-told';
/** Of the budget, in per cent. */
const WARN_AT = 80;

/** Counts what is sent to providers, against the month's budget. All in code points. */
export interface Usage {
  read(): TranslationUsage;
  /** Whether so many more would be too many. */
  isOver(characters: number): boolean;
  sent(characters: number): void;
  /** It was kept already, and need not be sent. */
  saved(characters: number): void;
}

interface UsageInput {
  readonly db: Db;
  readonly now: () => number;
  readonly settings: SettingsReader;
  readonly host: Pick<Host, 'notify'>;
  readonly log: Log;
}

export function createUsage({ db, now, settings, host, log }: UsageInput): Usage {
  const rows = prepareUsage(db);
  const nothing = { characters: 0, calls: 0, saved: 0 };
  const read = (): TranslationUsage => {
    const { translationBudget: budget } = settings.read();
    return { ...(rows.since.get(firstOfMonth(now())) ?? nothing), budget: budget === 0 ? null : budget };
  };

  /** Once a month and budget. */
  const tell = (): void => {
    const { characters, budget } = read();
    const step =
      budget === null ? 0 : characters >= budget ? 100 : characters * 100 >= budget * WARN_AT ? WARN_AT : 0;
    if (step === 0) return;
    const [month, told] = [firstOfMonth(now()), readState(db, TOLD)?.split(' ') ?? []];
    const isSame = told[0] === month && told[1] === String(budget);
    if (isSame && Number(told[2]) >= step) return;
    writeState(db, TOLD, `${month} ${budget} ${step}`);
    host
      .notify({
        notice: step === 100 ? 'translation-used' : 'translation-near',
        title: 'Counterdesk',
        language: settings.read().language,
        conversationId: null,
      })
      .catch((error: unknown) => log.warn('notify', { error }));
  };

  return {
    read,
    isOver: (more) => {
      const { characters, budget } = read();
      return budget !== null && characters + more > budget;
    },
    sent: (characters) => {
      rows.add.run({ ...nothing, day: localDay(now()), characters, calls: 1 });
      tell();
    },
    saved: (characters) => void rows.add.run({ ...nothing, day: localDay(now()), saved: characters }),
  };
}
