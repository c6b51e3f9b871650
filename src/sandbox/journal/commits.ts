import type { Clock } from '../../base/time.ts';
import type { World } from '../world/world.ts';
import type { JournalEntry, StartEntry } from './entry.ts';
import type { Journal } from './journal.ts';

type ChangeEntry = Exclude<JournalEntry, StartEntry>;

/** The only way the world changes while it runs: first the journal, then the world. */
export class Commits {
  readonly #world: World;
  readonly #journal: Journal;
  readonly #clock: Clock;
  #cancelLate: (() => void) | null = null;

  constructor(world: World, journal: Journal, clock: Clock) {
    this.#world = world;
    this.#journal = journal;
    this.#clock = clock;
  }

  commit(entry: ChangeEntry): void {
    this.#journal.append(entry);
    // What was due before it comes before it, as it will when the journal is read again.
    this.#world.settle(entry.at);
    for (const effect of entry.effects) this.#world.apply(effect);
    this.settle();
  }

  /** Lets late messages show, and comes back when the next one is due. */
  settle(): void {
    this.#cancelLate?.();
    const now = this.#clock.now();
    const next = this.#world.settle(now);
    this.#cancelLate = next === null ? null : this.#clock.after(next - now, () => this.settle());
  }

  stop(): void {
    this.#cancelLate?.();
  }
}
