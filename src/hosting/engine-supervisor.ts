import { backoffMs } from '../base/backoff.ts';
import type { Clock } from '../base/time.ts';
import type { EngineOptions, EngineToHost, StartFailure } from '../wire/host-link.ts';
import type { Port } from '../wire/port.ts';
import type { EngineChild } from './engine-child.ts';
import { answerAsk, type HostAnswers } from './host-answers.ts';
import { createGuests, type FailedListener } from './engine-guests.ts';
import type { HostLog } from './log.ts';

/** How the engine is doing. */
export type EngineState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly epoch: string }
  /** It crashed and is started again after a pause. */
  | { readonly kind: 'restarting' }
  /** It said that it can't start, or crashed at every start; nothing happens until `start` is called. */
  | { readonly kind: 'failed'; readonly reason: StartFailure; readonly message: string };

export interface SupervisorOptions {
  spawn(): EngineChild;
  readonly answers: HostAnswers;
  readonly clock: Clock;
  /** In [0, 1), spreads the pauses. */
  readonly random: () => number;
  readonly log: HostLog;
  onState?(state: EngineState): void;
}

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
  /** The same for a port that the engine process can take over (Electron's MessagePortMain). */
  handOver(port: unknown, onFailed: FailedListener): void;
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
  const { clock, log, answers, random } = options;
  const guests = createGuests();
  let state: EngineState = { kind: 'stopped' };
  let child: EngineChild | undefined;
  let wanted: EngineOptions | undefined;
  let crashes = 0;
  let fruitless = 0;
  let lockedUntil = 0;
  let ended: Promise<void> = Promise.resolve();
  let cancelTimer = (): void => {};

  const become = (next: EngineState): void => {
    state = next;
    options.onState?.(next);
    if (next.kind === 'failed') guests.fail({ reason: next.reason, message: next.message });
  };

  const ready = (from: EngineChild, epoch: string): void => {
    fruitless = 0;
    cancelTimer = clock.after(HEALTHY_MS, () => {
      crashes = 0;
    });
    log.info('engine ready', { epoch });
    become({ kind: 'ready', epoch });
    guests.joinAll(from);
  };

  /** Asks a process to end, and ends it if it does not. */
  const dismiss = (leaving: EngineChild): void => {
    leaving.post({ kind: 'stop' });
    const cancelKill = clock.after(STOP_MS, () => leaving.kill());
    void ended.then(cancelKill);
  };

  const startFailed = (from: EngineChild, reason: StartFailure, message: string): void => {
    child = undefined;
    dismiss(from);
    if (reason === 'locked' && clock.now() < lockedUntil) {
      cancelTimer = clock.after(LOCK_PAUSE_MS, () => void ended.then(launch));
      return;
    }
    log.error('engine can not start', { reason, message });
    wanted = undefined;
    become({ kind: 'failed', reason, message });
  };

  const receive = (from: EngineChild, message: EngineToHost): void => {
    if (
      from !== child ||
      (wanted === undefined && (message.kind === 'ready' || message.kind === 'start-failed'))
    )
      return;
    switch (message.kind) {
      case 'ready':
        return ready(from, message.epoch);
      case 'start-failed':
        return startFailed(from, message.reason, message.message);
      case 'frame':
        return guests.deliver(message.client, message.text);
      case 'disconnect':
        return guests.drop(message.client);
      case 'ask':
        return void answerAsk(answers, message, from);
    }
  };

  const crashed = (cause: string): void => {
    crashes += 1;
    fruitless += 1;
    log.error('engine ended unexpectedly', { cause, crashes });
    if (fruitless >= MAX_FRUITLESS) {
      wanted = undefined;
      return become({
        kind: 'failed',
        reason: 'other',
        message: `The engine ended at every start (${cause}).`,
      });
    }
    become({ kind: 'restarting' });
    cancelTimer = clock.after(backoffMs(crashes, FIRST_PAUSE_MS, LONGEST_PAUSE_MS, random), launch);
  };

  const launch = (): void => {
    if (wanted === undefined) return;
    let started: EngineChild;
    try {
      started = options.spawn();
    } catch (thrown) {
      return crashed(thrown instanceof Error ? thrown.message : String(thrown));
    }
    child = started;
    ended = new Promise((resolve) => {
      started.onExit((cause) => {
        resolve();
        if (child !== started) return;
        child = undefined;
        cancelTimer();
        guests.leaveAll();
        if (wanted !== undefined) crashed(cause);
      });
    });
    started.onMessage((message) => receive(started, message));
    if (state.kind !== 'starting') become({ kind: 'starting' });
    started.post({ kind: 'start', options: wanted });
  };

  return {
    get state() {
      return state;
    },
    start(engineOptions) {
      if (wanted !== undefined) return;
      wanted = engineOptions;
      fruitless = 0;
      lockedUntil = clock.now() + LOCK_PATIENCE_MS;
      // After a failed start the process before may still be on its way out.
      become({ kind: 'starting' });
      void ended.then(() => {
        if (child === undefined) launch();
      });
    },
    async stop() {
      wanted = undefined;
      cancelTimer();
      if (state.kind !== 'stopped') become({ kind: 'stopped' });
      if (child !== undefined) dismiss(child);
      await ended;
    },
    attach(port, onFailed) {
      if (state.kind === 'failed') onFailed({ reason: state.reason, message: state.message });
      else guests.attach(port, onFailed, state.kind === 'ready' ? child : undefined);
    },
    handOver(port, onFailed) {
      if (state.kind === 'failed') onFailed({ reason: state.reason, message: state.message });
      else guests.handOver(port, onFailed, state.kind === 'ready' ? child : undefined);
    },
  };
}
