import { backoffMs } from '../../base/backoff.ts';
import { toErrorShape } from '../../base/errors.ts';
import type { NetworkState, NetworkView } from '../../contract/network.ts';
import type { EngineParts } from '../parts.ts';
import type { Away } from './away.ts';
import { createCatchUp, type CatchUp } from './catch-up.ts';
import type { NetworkGate } from './gate.ts';
import type { Asked } from './outcome.ts';
import { createProber, type Prober } from './prober.ts';
import { createSuspicion, type Suspicion } from './suspicion.ts';

/** While everything is lost somebody is asked this often, in milliseconds. */
const FIRST_PROBE_MS = 1_000;
const LONGEST_PROBE_MS = 15_000;
/** So long an answer must last before it is believed that the network is back, in milliseconds. */
const RETURN_MS = 3_000;

type Parts = Pick<EngineParts, 'clock' | 'random' | 'log' | 'feed' | 'stores'>;

export interface WatchNeeds {
  readonly gate: NetworkGate;
  readonly away: Away;
  /** Reads a store up to now though the gate is closed; rejects with what stood in the way. */
  catchUp(storeId: number): Promise<void>;
}

interface AskedAt {
  readonly turn: number;
  readonly phase: number;
}

/**
 * The states of the way out and what leads from one to the next: `online` → `lost` when nobody answers → `returning`
 * with the first answer → `catching-up` once it has lasted → `online` again, by `catch-up-failed` if need be.
 */
export class NetworkWatch {
  readonly #parts: Parts;
  readonly #needs: WatchNeeds;
  readonly #prober: Prober;
  readonly #suspicion: Suspicion;
  readonly #catchUp: CatchUp;
  #state: NetworkState = 'online';
  #since: number;
  /** Moves on with every loss and return: what was asked before it proves nothing. */
  #phase = 0;
  #probes = 0;
  /** Whose answer began the return, and whether it has answered since. */
  #witness = { storeId: 0, isHeard: false };
  #cancelTimer = (): void => {};
  #stopped = false;

  constructor(parts: Parts, needs: WatchNeeds) {
    const { clock, random, stores, feed } = parts;
    this.#parts = parts;
    this.#needs = needs;
    this.#since = clock.now();
    this.#prober = createProber(stores);
    this.#suspicion = createSuspicion(clock, this.#prober, () => this.#lose());
    this.#catchUp = createCatchUp({
      clock,
      random,
      platformOf: (storeId) => stores.get(storeId).platform,
      read: (storeId) => needs.catchUp(storeId),
      onSettled: (storeId) => needs.gate.open(storeId),
      onProgress: () => feed.emit('network'),
      onFailed: () => this.#become('catch-up-failed'),
      onDone: () => this.#done(),
    });
  }

  get state(): NetworkState {
    return this.#state;
  }

  get since(): number {
    return this.#since;
  }

  /** Stores are being read: what their platforms have is seen. */
  get isReading(): boolean {
    return this.#state !== 'lost' && this.#state !== 'returning';
  }

  view(): Omit<NetworkView, 'away'> {
    const isReading = this.#state === 'catching-up' || this.#state === 'catch-up-failed';
    return {
      state: this.#state,
      since: this.#since,
      stores: isReading ? this.#catchUp.stores() : [],
    };
  }

  /** Hears how every request of every store ends. */
  readonly asked: Asked = (storeId) => {
    const at = { turn: this.#suspicion.turn(), phase: this.#phase };
    return (wasAnswered) => {
      if (!this.#stopped) this.#heard(storeId, wasAnswered, at);
    };
  };

  /** Reads every store up to now, whatever was under way. */
  readAll(): void {
    this.#cancelTimer();
    this.#phase += 1;
    this.#suspicion.reset();
    this.#needs.gate.closeAll();
    this.#become('catching-up');
    this.#catchUp.begin(this.#parts.stores.list().map(({ id }) => id));
  }

  /** Somebody says that the network is gone. */
  doubt(): void {
    if (this.#state !== 'lost' && this.#state !== 'returning') this.#suspicion.hint();
  }

  /** Tries at once what is tried again anyway. */
  tryNow(): void {
    if (this.#state === 'lost') {
      this.#probes = 0;
      this.#probe();
    } else if (this.#catchUp.retry()) this.#become('catching-up');
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
    this.#catchUp.stop();
    this.#suspicion.reset();
  }

  #become(next: NetworkState): void {
    if (next !== this.#state) {
      this.#parts.log.info('network', { state: next, before: this.#state });
      this.#since = this.#parts.clock.now();
    }
    this.#state = next;
    this.#parts.feed.emit('network');
  }

  #after(ms: number, task: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.clock.after(ms, task);
  }

  /** What can't be written down (a full disk) must not end what was being done. */
  #note(task: (away: Away) => void): void {
    try {
      task(this.#needs.away);
    } catch (error) {
      this.#parts.log.error('network', { error: toErrorShape(error) });
    }
  }

  #lose(): void {
    this.#phase += 1;
    this.#probes = 0;
    this.#catchUp.stop();
    this.#suspicion.reset();
    this.#needs.gate.closeAll();
    this.#note((away) => {
      away.begin();
      away.save();
    });
    this.#become('lost');
    this.#probeLater();
  }

  #probeLater(): void {
    this.#probes += 1;
    const waitMs = backoffMs(this.#probes, FIRST_PROBE_MS, LONGEST_PROBE_MS, this.#parts.random);
    this.#after(waitMs, () => this.#probe());
  }

  #probe(): void {
    this.#probeLater();
    for (const storeId of this.#prober.next()) void this.#prober.probe(storeId);
  }

  #return(storeId: number): void {
    this.#phase += 1;
    this.#witness = { storeId, isHeard: false };
    this.#become('returning');
    this.#after(RETURN_MS, () => void this.#verify());
  }

  async #verify(): Promise<void> {
    const phase = this.#phase;
    await this.#prober.probe(this.#witness.storeId);
    if (this.#stopped || phase !== this.#phase) return;
    if (this.#witness.isHeard) this.readAll();
    else this.#lose();
  }

  #done(): void {
    this.#needs.gate.openAll();
    this.#note((away) => {
      away.end();
      // The next beat is seconds away: a sleep may begin before it.
      away.seen();
    });
    this.#become('online');
  }

  #heard(storeId: number, wasAnswered: boolean, at: AskedAt): void {
    if (wasAnswered) this.#prober.answered(storeId);
    const isOld = at.phase !== this.#phase;
    if (this.#state === 'lost') {
      if (wasAnswered && !isOld) this.#return(storeId);
    } else if (this.#state === 'returning') {
      if (storeId !== this.#witness.storeId || isOld) return;
      if (wasAnswered) this.#witness = { storeId, isHeard: true };
      else this.#lose();
    } else if (wasAnswered) this.#suspicion.answered(storeId, at.turn);
    else this.#suspicion.failed(storeId);
  }
}
