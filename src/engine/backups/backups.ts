import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import type { BackupKind, BackupView, backupsContract } from '../../contract/backups.ts';
import type { FeedKind } from '../../contract/feeds.ts';
import { backupDatabase, inspectBackup } from '../db/backup.ts';
import { clearState, readState, writeState } from '../db/engine-state.ts';
import type { LiveFeed } from '../feed/feed.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { StartError } from '../start-error.ts';
import type { Home } from '../system/machine.ts';
import { backupName, listBackups } from './names.ts';
import { beginRecovery, type HoldUnsent } from './recovery.ts';
import { dismissReport, readReport, writeReport } from './report.ts';
import { noLongerNeeded } from './retention.ts';
import { nextBackupAt } from './schedule.ts';

/** Between looks whether a backup is due, in milliseconds. */
const LOOK_MS = 60_000;
/** After one that could not be made, in milliseconds. */
const AGAIN_MS = 15 * 60_000;
/** What a backup would miss. How stores do is no such thing: that changes all the time. */
const KEPT: readonly FeedKind[] = ['conversations', 'messages', 'drafts', 'settings', 'groups', 'outbox'];

interface BackupsInput extends Pick<EngineParts, 'db' | 'dataDir' | 'clock' | 'log' | 'host'> {
  readonly feed: LiveFeed;
  readonly settings: SettingsReader;
  readonly home: Home;
  /** Of the newest migration this Counterdesk knows. */
  readonly version: number;
  readonly holdUnsent: HoldUnsent;
  /** A copy of the database was found damaged. */
  onDamage(): void;
}

/** Keeps backups by a schedule and by hand, and puts one back when asked to. */
export function createBackups(input: BackupsInput): Feature<keyof typeof backupsContract> {
  const { db, dataDir, clock, feed, settings, home, host } = input;
  const log = input.log.scope('backups');
  const paths = dataPaths(dataDir);
  const changes = createChanges(input);
  let lastError: string | null = null;
  let notBefore = 0;
  let cancel = (): void => {};
  // One at a time: they would clear away each other's half-made files.
  let queue: Promise<unknown> = Promise.resolve();

  const freeName = (kind: Exclude<BackupKind, 'added'>): string => {
    let at = clock.now();
    while (existsSync(join(paths.backups, backupName(kind, at)))) at += 1;
    return backupName(kind, at);
  };
  const makeNow = async (kind: Exclude<BackupKind, 'added'>): Promise<BackupView> => {
    const name = freeName(kind);
    const restoreChanges = changes.begin();
    try {
      await backupDatabase(db, paths.backups, name);
    } catch (error) {
      restoreChanges();
      throw failed(error);
    }
    changes.settle();
    lastError = null;
    for (const old of noLongerNeeded(listBackups(paths.backups))) {
      rmSync(join(paths.backups, old), { force: true });
    }
    const made = listBackups(paths.backups).find((backup) => backup.name === name);
    if (made === undefined) throw new CodedError('internal', `The backup ${name} is gone again`);
    log.info('made', { name, bytes: made.bytes });
    feed.emit('backups');
    return made;
  };
  const failed = (error: unknown): unknown => {
    const isBroken = error instanceof StartError;
    lastError = isBroken ? 'damaged' : ((error as Partial<CodedError>).details?.reason ?? 'other');
    log.error('not-made', { error });
    feed.emit('backups');
    if (!isBroken) return error;
    input.onDamage();
    return new CodedError('unreachable', 'The database is damaged', { reason: 'damaged' }, error);
  };
  const make = (kind: Exclude<BackupKind, 'added'>): Promise<BackupView> => {
    const made = queue.then(() => makeNow(kind));
    queue = made.catch(() => {});
    return made;
  };

  const due = (): number | null =>
    nextBackupAt({
      hours: settings.read().backupHours,
      backups: listBackups(paths.backups),
      changedAt: changes.since(),
      now: clock.now(),
    });
  const look = (): void => {
    cancel = clock.after(LOOK_MS, look);
    const at = home.readOnly === null ? due() : null;
    const now = clock.now();
    if (at === null || now < at || (now < notBefore && notBefore - now <= AGAIN_MS)) return;
    notBefore = now + AGAIN_MS;
    make('scheduled').then(
      () => (notBefore = 0),
      () => undefined,
    );
  };

  const restore = async (name: string): Promise<null> => {
    const backup = listBackups(paths.backups).find((one) => one.name === name);
    if (backup === undefined) throw new CodedError('not-found', 'No such backup');
    const { problems, version } = await inspectBackup(join(paths.backups, name));
    if (problems === null) throw new CodedError('unreachable', 'Not readable now', { reason: 'unchecked' });
    if (problems.length > 0 || version === null) {
      throw new CodedError('invalid', 'This backup is damaged', { reason: 'damaged' });
    }
    if (version > input.version) throw new CodedError('invalid', 'Of a newer version', { reason: 'newer' });
    await make('before-restore');
    beginRecovery(dataDir, clock.now(), name);
    return host.restartEngine({});
  };

  const takeOver = (): Promise<null> => {
    if (home.readOnly === null) return Promise.resolve(null);
    const work = db.transaction(() => {
      home.takeOver();
      return input.holdUnsent(db);
    });
    const held = work.immediate();
    const report = { backup: null, quarantine: null, savedMessages: 0, savedDrafts: 0, held };
    writeReport(paths.report, { kind: 'taken-over', at: clock.now(), ...report });
    log.info('taken-over', { from: home.readOnly.machine, held });
    return host.restartEngine({});
  };

  return {
    handlers: {
      'backups.list': () => ({
        backups: listBackups(paths.backups),
        folder: paths.backups,
        nextAt: home.readOnly === null ? due() : null,
        lastError,
      }),
      'backups.make': () => make('by-hand'),
      'backups.restore': ({ name }) => restore(name),
      'backups.report': () => readReport(paths.report),
      'backups.dismissReport': () => {
        dismissReport(paths.report);
        feed.emit('backups');
        return null;
      },
      'backups.takeOver': takeOver,
    },
    start: () => {
      changes.follow();
      cancel = clock.after(LOOK_MS, look);
    },
    stop: async () => {
      cancel();
      changes.stop();
      await queue;
    },
  };
}

/** Whether anything changed that no backup holds, remembered over restarts. */
function createChanges({ db, clock, feed }: Pick<BackupsInput, 'db' | 'clock' | 'feed'>) {
  let since = Number(readState(db, 'changed-since') ?? Number.NaN);
  let leave = (): void => {};
  const note = (): void => {
    if (!Number.isNaN(since)) return;
    since = clock.now();
    try {
      writeState(db, 'changed-since', String(since));
    } catch {
      // A full disk: what could not be written is no change either.
    }
  };
  return {
    since: (): number | null => (Number.isNaN(since) ? null : since),
    /** What changes from now on may not be in the backup that begins. Answers what to call if none comes of it. */
    begin: (): (() => void) => {
      const before = since;
      since = Number.NaN;
      return () => {
        if (!Number.isNaN(before)) since = before;
      };
    },
    /** The backup is there. */
    settle: (): void => {
      if (Number.isNaN(since)) clearState(db, 'changed-since');
    },
    follow: (): void => {
      leave = feed.subscribe(({ kind }) => {
        if (KEPT.includes(kind)) note();
      });
    },
    stop: (): void => leave(),
  };
}
