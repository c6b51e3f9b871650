import { backoffMs } from '../base/backoff.ts';
import type { Clock } from '../base/time.ts';
import type { EngineOptions, EngineToHost, HostToEngine, StartFailure } from '../wire/host-link.ts';
import type { Port } from '../wire/port.ts';
import type { EngineChild } from './engine-child.ts';
import { answerAsk, type HostAnswers } from './host-answers.ts';
import { createGuests, type FailedListener } from './engine-guests.ts';
import type { HostLog } from './log.ts';

interface EngineFailure {
  readonly kind: 'failed';
  readonly reason: StartFailure;
  readonly message: string;
}

/** How the engine is doing. */
export type EngineState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly epoch: string }
  /** It crashed and is started again after a pause. */
  | { readonly kind: 'restarting' }
  /** It said that it can't start, or crashed at every start; nothing happens until `start` is called. */
  | EngineFailure;

export interface SupervisorOptions {
  spawn(): EngineChild;
  readonly answers: HostAnswers;
  readonly clock: Clock;
  /** In [0, 1), spreads the pauses. */
  readonly random: () => number;
  readonly log: HostLog;
  onState?(state: EngineState): void;
}

/** What the operating system tells a host. */
export type SystemEvent = Extract<HostToEngine, { kind: 'system-event' }>['event'];

/** Keeps one engine running and pages connected to it. */
export interface EngineSupervisor {
  readonly state: EngineState;
  /** Starts an engine on this folder; does nothing while one runs. */
  start(options: EngineOptions): void;
  /** Lets the engine finish, then ends it; resolves when it is gone. Pages waiting for an engine go on waiting. */
  stop(): Promise<void>;
  /**
   * Connects a page whose frames pass through this process: at once, or as soon as an engine is ready.
   * The port is closed when the engine goes away; `onFailed` is called instead when it can't start.
   */
  attach(port: Port, onFailed: FailedListener): void;
  /**
   * The same for a port that the engine process can take over (Electron's MessagePortMain). `onFailed` may come when
   * the port is the engine's already. Answers what to call when the page is gone.
   */
  handOver(port: unknown, onFailed: FailedListener): () => void;
  /** Passes on what the operating system said, to an engine that is ready. */
  tell(event: SystemEvent): void;
}

/** An engine that ran this long is healthy again: the next crash is a first one. In milliseconds. */
const HEALTHY_MS = 60_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/**
 * The engine of a host that was killed takes this long at most to let go of the folder. In milliseconds; the second is
 * the pause between tries.
 */
const LOCK_PATIENCE_MS = 6_000;
const LOCK_PAUSE_MS = 300;
/** So many launches in a row that never got ready mean that it will not. */
const MAX_FRUITLESS = 5;
/** Time to finish what is being written before the process is killed. In milliseconds. */
const STOP_MS = 8_000;

/** Makes a supervisor; nothing runs until `start`. */
export function createEngineSupervisor(options: SupervisorOptions): EngineSupervisor {
  return new Supervisor(options);
}

class Supervisor implements EngineSupervisor {
  readonly #options: SupervisorOptions;
  readonly #guests = createGuests();
  #state: EngineState = { kind: 'stopped' };
  #child: EngineChild | undefined;
  /** What is to run; undefined when nothing is. */
  #wanted: EngineOptions | undefined;
  #crashes = 0;
  #fruitless = 0;
  #lockedUntil = 0;
  /** Resolves when the process started last is gone. */
  #ended: Promise<void> = Promise.resolve();
  #cancelTimer = (): void => {};

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  start(engineOptions: EngineOptions): void {
    if (this.#wanted !== undefined) return;
    this.#wanted = engineOptions;
    this.#fruitless = 0;
    this.#lockedUntil = this.#options.clock.now() + LOCK_PATIENCE_MS;
    this.#become({ kind: 'starting' });
    // After a failed start the process before may still be on its way out.
    void this.#ended.then(() => this.#launch());
  }

  async stop(): Promise<void> {
    this.#wanted = undefined;
    this.#cancelTimer();
    if (this.#state.kind !== 'stopped') this.#become({ kind: 'stopped' });
    if (this.#child !== undefined) this.#dismiss(this.#child);
    await this.#ended;
  }

  attach(port: Port, onFailed: FailedListener): void {
    if (this.#state.kind === 'failed') onFailed(failureOf(this.#state));
    else this.#guests.attach(port, onFailed, this.#readyChild());
  }

  handOver(port: unknown, onFailed: FailedListener): () => void {
    if (this.#state.kind !== 'failed') return this.#guests.handOver(port, onFailed, this.#readyChild());
    onFailed(failureOf(this.#state));
    return () => {};
  }

  tell(event: SystemEvent): void {
    this.#readyChild()?.post({ kind: 'system-event', event });
  }

  #readyChild(): EngineChild | undefined {
    return this.#state.kind === 'ready' ? this.#child : undefined;
  }

  #become(next: EngineState): void {
    this.#state = next;
    this.#options.onState?.(next);
    if (next.kind === 'failed') this.#guests.fail(failureOf(next));
  }

  #after(ms: number, task: () => void): void {
    this.#cancelTimer = this.#options.clock.after(ms, task);
  }

  #launch(): void {
    if (this.#wanted === undefined || this.#child !== undefined) return;
    let started: EngineChild;
    try {
      started = this.#options.spawn();
    } catch (thrown) {
      return this.#crashed(thrown instanceof Error ? thrown.message : String(thrown));
    }
    this.#child = started;
    this.#ended = new Promise((resolve) => {
      started.onExit((cause) => {
        resolve();
        this.#exited(started, cause);
      });
    });
    started.onMessage((message) => this.#receive(started, message));
    if (this.#state.kind !== 'starting') this.#become({ kind: 'starting' });
    started.post({ kind: 'start', options: this.#wanted });
  }

  #receive(from: EngineChild, message: EngineToHost): void {
    if (from !== this.#child) return;
    switch (message.kind) {
      case 'ready':
        if (this.#wanted !== undefined) this.#ready(from, message.epoch);
        return;
      case 'start-failed':
        if (this.#wanted !== undefined) this.#startFailed(from, message.reason, message.message);
        return;
      case 'frame':
        return this.#guests.deliver(message.client, message.text);
      case 'disconnect':
        return this.#guests.drop(message.client);
      case 'ask':
        return void answerAsk(this.#options.answers, message, from);
    }
  }

  #ready(from: EngineChild, epoch: string): void {
    this.#fruitless = 0;
    this.#after(HEALTHY_MS, () => {
      this.#crashes = 0;
    });
    this.#options.log.info('engine ready', { epoch });
    this.#become({ kind: 'ready', epoch });
    this.#guests.joinAll(from);
  }

  #startFailed(from: EngineChild, reason: StartFailure, message: string): void {
    this.#child = undefined;
    this.#dismiss(from);
    if (reason === 'locked' && this.#options.clock.now() < this.#lockedUntil) {
      this.#after(LOCK_PAUSE_MS, () => void this.#ended.then(() => this.#launch()));
      return;
    }
    this.#options.log.error('engine can not start', { reason, message });
    this.#wanted = undefined;
    this.#become({ kind: 'failed', reason, message });
  }

  #exited(child: EngineChild, cause: string): void {
    // A process that was dismissed is not missed.
    if (child !== this.#child) return;
    this.#child = undefined;
    this.#cancelTimer();
    this.#guests.leaveAll();
    if (this.#wanted !== undefined) this.#crashed(cause);
  }

  #crashed(cause: string): void {
    this.#crashes += 1;
    this.#fruitless += 1;
    const { log, random } = this.#options;
    log.error('engine ended unexpectedly', { cause, crashes: this.#crashes });
    if (this.#fruitless >= MAX_FRUITLESS) {
      this.#wanted = undefined;
      this.#become({
        kind: 'failed',
        reason: 'other',
        message: `The engine ended at every start (${cause}).`,
      });
      return;
    }
    this.#become({ kind: 'restarting' });
    this.#after(backoffMs(this.#crashes, FIRST_PAUSE_MS, LONGEST_PAUSE_MS, random), () => this.#launch());
  }

  /** Asks a process to end, and ends it if it does not. */
  #dismiss(leaving: EngineChild): void {
    leaving.post({ kind: 'stop' });
    const cancelKill = this.#options.clock.after(STOP_MS, () => leaving.kill());
    void this.#ended.then(cancelKill);
  }
}

function failureOf({ reason, message }: EngineFailure): Parameters<FailedListener>[0] {
  return { reason, message };
}
