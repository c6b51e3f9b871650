import { backoffMs } from '../../base/backoff.ts';
import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { Clock } from '../../base/time.ts';
import type { PlatformId } from '../../contract/models.ts';
import type { StoreCatchUp } from '../../contract/network.ts';
import { isProxyTrouble } from '../net/proxy-trouble.ts';

/** Stores of one platform read at once. More would only queue at the disk, and the platform would meet the burst. */
export const AT_ONCE = 8;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 60_000;
/** A store that failed so often while others were read is left to its own loop: its state says so in the rail. */
const MAX_RETRIES = 3;

export interface CatchUpNeeds {
  readonly clock: Clock;
  readonly random: () => number;
  /** A platform that is slow, or allows few calls, keeps the stores of no other one waiting. */
  platformOf(storeId: number): PlatformId;
  /** Reads a store up to now; rejects with what stood in the way. */
  read(storeId: number): Promise<void>;
  /** A store is up to date, or what keeps it is its own matter: it may go on by itself. */
  onSettled(storeId: number): void;
  onProgress(): void;
  onFailed(): void;
  onDone(): void;
}

/** Reads every store up to now, some at a time, and tries those again that failed. */
export interface CatchUp {
  begin(storeIds: readonly number[]): void;
  /** Tries those that failed now; false when nothing waits to be tried. */
  retry(): boolean;
  /** What is under way no longer counts. */
  stop(): void;
  stores(): readonly StoreCatchUp[];
}

type Progress = StoreCatchUp['state'];

/** These end by themselves, by a person signing in, or by another proxy: trying again at once changes nothing. */
const ownMatters: ReadonlySet<string> = new Set(['rate-limited', 'auth-expired', 'not-found']);
const isOwnMatter = (error: ErrorShape): boolean => ownMatters.has(error.code) || isProxyTrouble(error);

export function createCatchUp(needs: CatchUpNeeds): CatchUp {
  return new Pass(needs);
}

class Pass implements CatchUp {
  readonly #needs: CatchUpNeeds;
  readonly #progress = new Map<number, Progress>();
  /** Failed, and left to themselves. */
  readonly #left = new Set<number>();
  #run = 0;
  #retries = 0;
  #cancelRetry: (() => void) | null = null;

  constructor(needs: CatchUpNeeds) {
    this.#needs = needs;
  }

  begin(storeIds: readonly number[]): void {
    this.stop();
    for (const storeId of storeIds) this.#progress.set(storeId, 'waiting');
    void this.#readAll(storeIds);
  }

  retry(): boolean {
    if (this.#cancelRetry === null) return false;
    this.#cancelRetry();
    this.#again();
    return true;
  }

  stop(): void {
    this.#run += 1;
    this.#retries = 0;
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#progress.clear();
    this.#left.clear();
  }

  stores(): readonly StoreCatchUp[] {
    return [...this.#progress].map(([storeId, state]) => ({ storeId, state }));
  }

  #again(): void {
    this.#cancelRetry = null;
    this.#retries += 1;
    void this.#readAll(this.#failed());
  }

  #failed(): number[] {
    return [...this.#progress]
      .filter(([storeId, state]) => state === 'failed' && !this.#left.has(storeId))
      .map(([storeId]) => storeId);
  }

  #set(storeId: number, state: Progress): void {
    this.#progress.set(storeId, state);
    this.#needs.onProgress();
  }

  #leave(storeId: number): void {
    this.#left.add(storeId);
    this.#set(storeId, 'failed');
    this.#needs.onSettled(storeId);
  }

  async #readAll(storeIds: readonly number[]): Promise<void> {
    const run = this.#run;
    const worker = async (rest: Iterable<number>): Promise<void> => {
      for (const storeId of rest) {
        if (run !== this.#run) return;
        await this.#read(storeId, run);
      }
    };
    const workers = [...Map.groupBy(storeIds, this.#needs.platformOf).values()].flatMap((ofPlatform) => {
      const rest = ofPlatform.values();
      return Array.from({ length: AT_ONCE }, () => worker(rest));
    });
    await Promise.all(workers);
    if (run === this.#run) this.#ended();
  }

  async #read(storeId: number, run: number): Promise<void> {
    this.#set(storeId, 'reading');
    try {
      await this.#needs.read(storeId);
      if (run !== this.#run) return;
      this.#set(storeId, 'done');
      this.#needs.onSettled(storeId);
    } catch (error) {
      if (run !== this.#run) return;
      if (isOwnMatter(toErrorShape(error))) this.#leave(storeId);
      else this.#set(storeId, 'failed');
    }
  }

  #ended(): void {
    const { clock, random, onFailed, onDone } = this.#needs;
    const failed = this.#failed();
    const someRead = [...this.#progress.values()].includes('done');
    if (failed.length > 0 && !(someRead && this.#retries >= MAX_RETRIES)) {
      const waitMs = backoffMs(this.#retries + 1, FIRST_RETRY_MS, LONGEST_RETRY_MS, random);
      this.#cancelRetry = clock.after(waitMs, () => this.#again());
      onFailed();
      return;
    }
    for (const storeId of failed) this.#leave(storeId);
    onDone();
  }
}
