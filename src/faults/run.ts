import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { dataPaths } from '../engine/paths.ts';
import { spaceDir } from '../hosting/spaces.ts';
import { SandboxOrders } from './admin.ts';
import { claimsOf, type Enqueued } from './claims.ts';
import { Deeds } from './deeds.ts';
import { killFirstStarts, makeOldDesk } from './first-starts.ts';
import { chooseContents, ordersAmong } from './goods.ts';
import { HostProcess } from './host.ts';
import { faultsIn, readJournal, recordsOf } from './oracle.ts';
import { openPage, type RunPage } from './page.ts';
import { seatPerson } from './person.ts';
import { findPlaces } from './places.ts';
import { freePorts } from './ports.ts';
import type { Evidence } from './records.ts';
import { makeSchedule } from './schedule.ts';
import { makeSends } from './sends.ts';
import { makeSmallDisk } from './small-disk.ts';
import { canKillInWrite } from './strace.ts';
import { typeAll } from './typist.ts';
import { Watch } from './watch.ts';

/** What to run. */
export interface RunOptions {
  readonly sends: number;
  readonly seed: string;
  readonly profile: 'loose' | 'strict';
  readonly kills: number;
  /** Nothing is stored and nothing comes to rest for this long: the run hangs. Milliseconds. */
  readonly hangMs: number;
  /** Where the whole journal of the sandbox, the host's log and the notes of the run are left; null: nowhere. */
  readonly out: string | null;
  /** Hears what a person may want to know meanwhile. */
  say(line: string): void;
}

/** What a run leaves. */
export interface RunResult {
  readonly evidence: Evidence;
  readonly kills: number;
  /** Faults that were met. */
  readonly faults: number;
  /** What could not be done on this machine, in words. */
  readonly uncovered: readonly string[];
  /** Seconds from the first send to rest. */
  readonly seconds: number;
}

/** A run that can't go on; what is known of it stands in the message. */
export class RunFailure extends Error {}

/** The promise of the environment in each profile, and how often it is read: fast, so that mass runs are. */
const manners = {
  loose: ['--profile', 'loose', '--settle', '2000', '--poll', '400-1500', '--every', '700'],
  strict: ['--profile', 'strict', '--settle', '4000', '--poll', '10000-20000', '--every', '6000'],
} as const;
/** A late acceptance shows within this. Milliseconds. */
const REST_MS = 5_000;
const LOGS = ['sandbox.jsonl', 'host.log', 'notes.log', 'data/practice/counterdesk.db', 'data/practice/logs'];
/** Its admin's port and one of each platform. */
const SANDBOX_PORTS = 4;
/** Sends that may be on their way at once. */
const MOST_OPEN = { loose: 240, strict: 16 } as const;

function dump(watch: Watch, host: HostProcess, page: RunPage): string {
  const open = watch.standing.map(({ seq, conversationId, view }) => {
    const { status = null, pending = null, error = null } = view ?? {};
    return JSON.stringify({ seq, conversationId, stored: view !== null, status, pending, error });
  });
  const log = readFileSync(host.logFile, 'utf8').split('\n').slice(-60);
  return [
    `${watch.total} typed, ${open.length} not at rest; page ${JSON.stringify(page.connection())}`,
    ...open.slice(0, 30),
    '-- last notes',
    ...watch.notes.slice(-40),
    '-- last lines of the host',
    ...log,
  ].join('\n');
}

async function atRest(watch: Watch, hangMs: number): Promise<void> {
  while (watch.over === null && watch.standing.length > 0) {
    if (watch.idleMs > hangMs) watch.end(new Error(`nothing happened for ${hangMs / 1000} s`));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Watches that something happens all the time. */
function guard(watch: Watch, hangMs: number): () => void {
  const timer = setInterval(() => {
    if (watch.idleMs > hangMs) watch.end(new Error(`nothing happened for ${hangMs / 1000} s`));
  }, 1_000);
  return () => clearInterval(timer);
}

/** Sends under faults and kills in a folder of its own, which is removed unless the run fails. */
export async function runFaults(options: RunOptions): Promise<RunResult> {
  const home = mkdtempSync(join(tmpdir(), 'counterdesk-faults-'));
  const data = join(home, 'data');
  const disk = makeSmallDisk(data);
  const journal = join(home, 'sandbox.jsonl');
  const port = String(await freePorts(SANDBOX_PORTS));
  const sandbox = [...manners[options.profile], '--seed', `faults-${options.seed}`, '--port', port];
  const host = new HostProcess({ home, data, journal, sandbox });
  const inWrites = canKillInWrite();
  const uncovered = [
    ...(disk.canFill ? [] : ['a full disk (mounting a small one takes root)']),
    ...(inWrites ? [] : ['deaths inside a write (no strace, or no right to trace)']),
  ];
  try {
    const result = await drive(options, { home, data, journal, host, disk, inWrites, uncovered });
    if (options.out !== null) keepLogs(home, options.out);
    disk.unmount();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    return result;
  } catch (error) {
    await host.stop();
    throw new RunFailure(
      `${error instanceof Error ? error.message : String(error)}\nLeft for a look: ${home}`,
    );
  }
}

/** What a finding is looked into with. */
function keepLogs(home: string, out: string): void {
  mkdirSync(out, { recursive: true });
  for (const name of LOGS) {
    const from = join(home, name);
    if (existsSync(from)) cpSync(from, join(out, basename(name)), { recursive: true });
  }
}

interface Stage {
  readonly home: string;
  readonly data: string;
  readonly journal: string;
  readonly host: HostProcess;
  readonly disk: ReturnType<typeof makeSmallDisk>;
  readonly inWrites: boolean;
  readonly uncovered: readonly string[];
}

async function drive(options: RunOptions, stage: Stage): Promise<RunResult> {
  const { home, data, journal, host, disk, inWrites, uncovered } = stage;
  const schedule = makeSchedule(options.sends, options.seed, options.kills);
  mkdirSync(spaceDir(data, 'practice'), { recursive: true });
  await makeOldDesk(data, home);
  const starting = host.start();
  const firstDeaths = killFirstStarts(host, inWrites ? schedule.firstStarts : []);
  await starting;
  let lost: Error | null = null;
  const page = await openPage(host, (why) => (lost = new Error(why)));
  const watch = new Watch(page, join(home, 'notes.log'));
  const diedStarting = await firstDeaths;
  const places = await findPlaces(page, Math.min(120, Math.max(12, Math.round(options.sends / 8))));
  await page.call('settings.set', { sendAttempts: 100 });

  const orders = new SandboxOrders(host);
  const deeds = new Deeds({ host, orders, page, disk, watch, inWrites }, schedule.steps);
  deeds.done.kills += diedStarting;
  const person = seatPerson(page, watch, host);
  const stopGuard = guard(watch, options.hangMs);
  const shops = await orders.goods();
  const sends = chooseContents(makeSends(options.sends, options.seed, places.length), places, shops);
  await orders.speakOfOrders(ordersAmong(sends, places, shops));
  const pictures = sends.filter(({ content }) => content.kind === 'image').length;
  const cards = sends.filter(({ content }) => 'reference' in content).length;
  options.say(
    `${places.length} conversations; ${pictures} pictures, ${cards} cards; ${schedule.steps.length} steps; ` +
      `${diedStarting} deaths at first starts`,
  );
  const enqueued: Enqueued[] = [];
  // In a short run too the faults come while most is still to be sent.
  const room = Math.min(MOST_OPEN[options.profile], Math.ceil(options.sends / 6));
  const startedAt = Date.now();
  let stored = 0;
  const tell = setInterval(() => {
    const left = watch.standing.length;
    const rate = ((stored - left) / ((Date.now() - startedAt) / 1000)).toFixed(1);
    options.say(
      `${stored} stored, ${left} open, ${rate}/s, ${deeds.done.kills} kills, ${deeds.done.faults} faults`,
    );
  }, 10_000);
  const onStored = (one: Enqueued): void => {
    enqueued.push(one);
    deeds.reached((stored += 1));
  };
  await typeAll({ page, sends, places, watch, room, onStored });
  await deeds.settled();
  await atRest(watch, options.hangMs);
  await orders.clear();
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  await atRest(watch, options.hangMs);
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  for (const stop of [stopGuard, () => clearInterval(tell), () => person.stop(), () => watch.stop()]) stop();
  const why = watch.over ?? lost;
  if (why !== null) throw new RunFailure(`${String(why)}\n${dump(watch, host, page)}`);
  await host.stop();
  options.say(`person: ${JSON.stringify(person.deeds)}; done: ${JSON.stringify(deeds.done.byKind)}`);
  const { database } = dataPaths(spaceDir(data, 'practice'));
  const lines = readJournal(journal);
  const evidence = { journal: recordsOf(lines), claims: claimsOf(database, enqueued) };
  const { kills, faults } = deeds.done;
  return { evidence, kills, faults: faults + faultsIn(lines), uncovered, seconds };
}
