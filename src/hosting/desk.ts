import type { Clock } from '../base/time.ts';
import { createTurns } from '../base/turns.ts';
import type { ConnectionBundle } from '../contract/bundle.ts';
import type { Space } from '../contract/system.ts';
import type { EngineOptions } from '../wire/host-link.ts';
import type { Port } from '../wire/port.ts';
import type { EngineChild } from './engine-child.ts';
import type { FailedListener } from './engine-guests.ts';
import {
  createEngineSupervisor,
  type EngineState,
  type EngineSupervisor,
  type SystemEvent,
} from './engine-supervisor.ts';
import type { HostAnswers } from './host-answers.ts';
import { makeFolder } from './make-folder.ts';
import type { HostLog } from './log.ts';
import type { SpawnSandbox } from './sandbox-child.ts';
import { createSandboxProcess, type SandboxProcess } from './sandbox-process.ts';
import { spaceDir } from './spaces.ts';

export interface DeskOptions {
  /** DATA: holds a folder for each space. Absolute. */
  readonly root: string;
  readonly migrationsDir: string;
  readonly version: string;
  machine(): EngineOptions['machine'] | Promise<EngineOptions['machine']>;
  /** The browser that shows stores, looked for at every start of an engine; null: there is none. */
  readonly browser: () => EngineOptions['browser'];
  spawnEngine(): EngineChild;
  /** How the sandbox is started; as a child of this Node process unless given. */
  readonly spawnSandbox?: SpawnSandbox;
  readonly sandboxScript: string;
  /** Everything but the switch and the restart, which the desk does itself. */
  readonly answers: Omit<HostAnswers, 'switchSpace' | 'restartEngine'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: HostLog;
  onState?(state: EngineState): void;
}

/** One host's engine, its sandbox when practising, and the pages connected to it. */
export interface Desk {
  readonly space: Space;
  /** The data folder of the space that is open; null: none is yet, and nothing may be put into any. */
  readonly dataDir: string | null;
  /** The data folder of a space, open or not. */
  folderOf(space: Space): string;
  readonly state: EngineState;
  /** Closes what is open and opens this space. Rejects when the sandbox can't start; then nothing has changed. */
  open(space: Space): Promise<void>;
  /** Ends engine and sandbox; resolves when both are gone. `open` does nothing from then on. */
  close(): Promise<void>;
  /** As in `EngineSupervisor`; a page that comes after a failed start makes the desk try once more. */
  attach(port: Port, onFailed: FailedListener): void;
  handOver(port: unknown, onFailed: FailedListener): () => void;
  /** Passes on what the operating system said; nobody hears it while no engine runs. */
  tell(event: SystemEvent): void;
}

/** Time for the answer to a switch to reach the page before its engine ends. In milliseconds. */
export const SWITCH_AFTER_MS = 100;

/** Makes a desk with no space open; `open` one. */
export function createDesk(options: DeskOptions): Desk {
  const { root, clock, log, random } = options;
  let [space, isOpen]: [Space, boolean] = ['real', false];
  let bundle: ConnectionBundle | null = null;
  let machine: EngineOptions['machine'] = { id: '', name: '' };
  let closed = false;
  // A second click while switching waits its turn.
  const inTurn = createTurns();

  const sandbox = sandboxOf(options, () => {
    if (space === 'practice') reopenLater();
  });

  const switchSpace: HostAnswers['switchSpace'] = async ({ space: next }) => {
    if (next === 'practice') await sandbox.start();
    clock.after(SWITCH_AFTER_MS, () => openLater(next));
    return null;
  };
  const supervisor = createEngineSupervisor({
    spawn: options.spawnEngine,
    answers: {
      ...options.answers,
      switchSpace,
      restartEngine: () => {
        clock.after(SWITCH_AFTER_MS, reopenLater);
        return null;
      },
    },
    clock,
    random,
    log,
    ...(options.onState === undefined ? {} : { onState: options.onState }),
  });

  const startEngine = (): void =>
    supervisor.start({
      dataDir: spaceDir(root, space),
      migrationsDir: options.migrationsDir,
      space,
      version: options.version,
      machine,
      browser: options.browser() ?? null,
      bundle,
    });

  const switchTo = async (next: Space): Promise<void> => {
    if (closed) return;
    const nextBundle = next === 'practice' ? await sandbox.start() : null;
    makeFolder(spaceDir(root, next));
    // All that may fail comes first: with no engine, and none on its way, a page would wait for ever.
    machine = await options.machine();
    await supervisor.stop();
    if (next === 'real') await sandbox.stop();
    [space, isOpen] = [next, true];
    bundle = nextBundle;
    startEngine();
  };

  const open = (next: Space): Promise<void> => inTurn(() => switchTo(next));
  const later = (opened: Promise<void>): void =>
    void opened.catch((error: unknown) => log.error('space not opened', { error: String(error) }));
  const openLater = (next: Space): void => later(open(next));
  /** Where it is when its turn comes: a person may leave practice meanwhile, and is not taken back. */
  const reopenLater = (): void => later(inTurn(() => switchTo(space)));

  return {
    get space() {
      return space;
    },
    get dataDir() {
      return isOpen ? spaceDir(root, space) : null;
    },
    folderOf: (of) => spaceDir(root, of),
    get state() {
      return supervisor.state;
    },
    open,
    close: () => {
      closed = true;
      return inTurn(async () => {
        await supervisor.stop();
        await sandbox.stop();
      });
    },
    tell: (event) => supervisor.tell(event),
    ...doors(supervisor, startEngine),
  };
}

/** Where pages come in: one that comes after a failed start makes the desk try once more. */
function doors(supervisor: EngineSupervisor, startEngine: () => void): Pick<Desk, 'attach' | 'handOver'> {
  const tryAgain = (): void => {
    if (supervisor.state.kind === 'failed') startEngine();
  };
  return {
    attach(port, onFailed) {
      tryAgain();
      supervisor.attach(port, onFailed);
    },
    handOver(port, onFailed) {
      tryAgain();
      return supervisor.handOver(port, onFailed);
    },
  };
}

function sandboxOf(options: DeskOptions, onMoved: () => void): SandboxProcess {
  const { root, clock, random, log, spawnSandbox } = options;
  return createSandboxProcess({
    ...(spawnSandbox === undefined ? {} : { spawn: spawnSandbox }),
    script: options.sandboxScript,
    practiceDir: spaceDir(root, 'practice'),
    clock,
    random,
    log,
    onMoved,
  });
}
