import type { Clock } from '../../base/time.ts';
import type { SignInChecks } from '../../contract/browsers.ts';
import type { ProxyStop } from '../../contract/models.ts';
import type { Feature, Feed } from '../parts.ts';
import type { Accounts } from './accounts.ts';
import type { BrowserPool } from './parts.ts';
import type { SignIns } from './sign-ins.ts';

/** So many are looked at at a time, with a pause as a person makes one between. Milliseconds. */
const AT_ONCE = 2;
const PAUSE_MS = { least: 1_000, more: 3_000 };
/** A page that has said nothing by then says nothing. Milliseconds. */
const VERDICT_MS = 20_000;

interface RunInput {
  readonly pool: BrowserPool;
  readonly signIns: SignIns;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Null: it can't be looked at now (its proxy has ended). */
  readonly homeOf: (accountId: number) => string | null;
  readonly onChange: () => void;
}

/** Looks whether accounts are signed in: opens the seller centre's home once, as a person would. */
class SignInRun {
  readonly #input: RunInput;
  readonly #waiting = new Set<number>();
  readonly #looking = new Set<number>();
  readonly #running = new Set<Promise<void>>();
  #total = 0;
  #done = 0;
  #isOver = false;
  #cancelPauses: (() => void)[] = [];

  constructor(input: RunInput) {
    this.#input = input;
  }

  get view(): SignInChecks {
    return { isRunning: this.#running.size > 0, total: this.#total, done: this.#done };
  }

  /** More of them; those that wait already are looked at once. */
  add(accountIds: readonly number[]): void {
    for (const accountId of accountIds) {
      if (this.#waiting.has(accountId) || this.#looking.has(accountId)) continue;
      this.#waiting.add(accountId);
      this.#total += 1;
    }
    while (this.#running.size < AT_ONCE && this.#waiting.size > 0) this.#work();
    this.#input.onChange();
  }

  async cancel(): Promise<void> {
    this.#isOver = true;
    this.#waiting.clear();
    for (const cancel of this.#cancelPauses.splice(0)) cancel();
    await Promise.all(this.#running);
  }

  #work(): void {
    const worker: Promise<void> = this.#workThrough().finally(() => {
      this.#running.delete(worker);
      this.#input.onChange();
    });
    this.#running.add(worker);
  }

  async #workThrough(): Promise<void> {
    for (const accountId of this.#waiting) {
      this.#waiting.delete(accountId);
      this.#looking.add(accountId);
      await this.#look(accountId).catch(() => {});
      this.#looking.delete(accountId);
      this.#done += 1;
      this.#input.onChange();
      if (this.#isOver || this.#waiting.size === 0) return;
      await this.#pause(PAUSE_MS.least + this.#input.random() * PAUSE_MS.more);
    }
  }

  async #look(accountId: number): Promise<void> {
    const { pool, signIns, homeOf, clock } = this.#input;
    const home = homeOf(accountId);
    // One that is open in front of a person is judged from what it shows.
    if (home === null || pool.of(accountId).state === 'open') return;
    const began = clock.now();
    let isLearned = false;
    await pool.aside(accountId, async (page) => {
      const learned = signIns.next(accountId).then(() => {
        isLearned = true;
      });
      await page.goto(home, { waitUntil: 'commit', timeout: VERDICT_MS });
      while (!this.#isOver && !isLearned && clock.now() - began < VERDICT_MS) {
        await Promise.race([learned, this.#pause(1_000)]);
      }
    });
    await pool.save(accountId);
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#input.clock.after(ms, resolve);
      this.#cancelPauses.push(() => {
        cancel();
        resolve();
      });
    });
  }
}

interface CheckDeedsInput extends Pick<RunInput, 'pool' | 'signIns' | 'clock' | 'random'> {
  readonly accounts: Accounts;
  readonly feed: Feed;
  readonly stopOf: (accountId: number) => ProxyStop | null;
}

/** One run at a time, which more can join. */
export function createCheckDeeds(input: CheckDeedsInput): {
  readonly handlers: Feature<'browsers.check' | 'browsers.cancelChecks'>['handlers'];
  view(): SignInChecks | null;
  stop(): Promise<void>;
} {
  const { pool, accounts, feed } = input;
  const onChange = (): void => feed.emit('browsers');
  const homeOf = (accountId: number): string | null => {
    const [store] = accounts.facts(accountId).stores.filter(({ home }) => home !== null);
    return input.stopOf(accountId) === null ? (store?.home ?? null) : null;
  };
  let run: SignInRun | null = null;
  return {
    view: () => run?.view ?? null,
    stop: async () => run?.cancel(),
    handlers: {
      'browsers.check': ({ storeIds }) => {
        const wanted =
          storeIds === null ? accounts.ids() : [...new Set(storeIds.map((id) => accounts.of(id)))];
        if (run?.view.isRunning !== true) run = new SignInRun({ ...input, homeOf, onChange });
        // Of one that nobody ever opened it is known without looking.
        run.add(wanted.filter((accountId) => pool.hasSession(accountId)));
        return run.view;
      },
      'browsers.cancelChecks': async () => {
        const ended = run?.cancel();
        // Whoever asks meanwhile gets a run of their own.
        run = null;
        await ended;
        onChange();
        return null;
      },
    },
  };
}
