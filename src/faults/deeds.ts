import type { SandboxOrders } from './admin.ts';
import type { HostProcess } from './host.ts';
import type { RunPage } from './page.ts';
import type { Action, Death, Step, Victim } from './schedule.ts';
import type { SmallDisk } from './small-disk.ts';
import { killInWrite } from './strace.ts';
import type { Watch } from './watch.ts';

/** What was really done. */
export interface Done {
  kills: number;
  /** Besides those the sandbox obeyed. */
  faults: number;
  /** Of each kind, for the report. */
  readonly byKind: Record<string, number>;
}

/** What deeds are done to. */
export interface DeedParts {
  readonly host: HostProcess;
  readonly orders: SandboxOrders;
  readonly page: RunPage;
  readonly disk: SmallDisk;
  readonly watch: Watch;
  /** False: an engine that is to die in a write dies at some moment instead. */
  readonly inWrites: boolean;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A victim that is just being started again is waited for this long. Milliseconds. */
const PATIENCE_MS = 20_000;
const LOOK_MS = 20;

/** The process number of a victim other than `before`, as soon as there is one. */
export async function nextPid(
  host: HostProcess,
  victim: Victim,
  before?: number,
): Promise<number | undefined> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(LOOK_MS)) {
    const pid = host.pid(victim);
    if (pid !== undefined && pid !== before) return pid;
  }
  return undefined;
}

function killNow(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

async function killOne(parts: DeedParts, victim: Victim, death: Death): Promise<boolean> {
  const pid = await nextPid(parts.host, victim);
  if (pid === undefined) return false;
  if (death.how === 'now' || !parts.inWrites) return killNow(pid);
  await killInWrite(pid, death.nth);
  return true;
}

/** Does one thing; false when it could not be done. */
async function perform(parts: DeedParts, { action, at }: Step): Promise<boolean> {
  const { host, orders, page, disk } = parts;
  switch (action.kind) {
    case 'fault':
      return orders.fault(action);
    case 'away':
      return orders.away(action);
    case 'buyers':
      return orders.buyers(action.writers, String(at));
    case 'platform-clock':
      return orders.clock(action);
    case 'backup':
      return (await page.call('backups.make', {})).ok;
    case 'clock':
      host.setClock(action.offsetMs);
      return true;
    case 'full-disk':
      disk.fill();
      await pause(action.ms);
      disk.empty();
      return disk.canFill;
    case 'kill-in-backup':
      void page.call('backups.make', {});
      await pause(action.afterMs);
      return killOne(parts, 'engine', { how: 'now' });
    case 'kill':
      return killOne(parts, action.victim, action.death);
  }
}

function nameOf(action: Action): string {
  if (action.kind === 'fault') return action.fault;
  if (action.kind !== 'kill') return action.kind;
  return `kill-${action.victim}${action.death.how === 'in-write' ? '-in-write' : ''}`;
}

/** Faults the sandbox's journal does not count: orders to it count when they are obeyed. */
const BY_HAND = new Set<Action['kind']>(['away', 'clock', 'platform-clock', 'full-disk']);

/** Does the steps of a schedule as the run comes to them. */
export class Deeds {
  readonly done: Done = { kills: 0, faults: 0, byKind: {} };
  readonly #parts: DeedParts;
  readonly #steps: Step[];
  readonly #running = new Set<Promise<void>>();

  constructor(parts: DeedParts, steps: readonly Step[]) {
    this.#parts = parts;
    this.#steps = [...steps];
  }

  /** So many sends are enqueued. */
  reached(sends: number): void {
    for (let next = this.#steps[0]; next !== undefined && next.at < sends; next = this.#steps[0]) {
      this.#steps.shift();
      const running = this.#do(next).finally(() => this.#running.delete(running));
      this.#running.add(running);
    }
  }

  /** Resolves when nothing that was begun is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #do(step: Step): Promise<void> {
    await pause(step.afterMs);
    const name = nameOf(step.action);
    const isDone = await perform(this.#parts, step).catch((error: unknown) => {
      this.#parts.watch.end(new Error(`${name}: ${String(error)}`));
      return false;
    });
    this.#parts.watch.note(`${isDone ? 'done' : 'not done'}: ${name} at ${step.at}`);
    if (!isDone) return;
    if (step.action.kind.startsWith('kill')) this.done.kills += 1;
    else if (BY_HAND.has(step.action.kind)) this.done.faults += 1;
    this.done.byKind[name] = (this.done.byKind[name] ?? 0) + 1;
  }
}
