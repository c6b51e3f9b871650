import { join } from 'node:path';
import { CodedError } from '../../base/errors.ts';
import type { backupsContract } from '../../contract/backups.ts';
import { inspectBackup } from '../db/backup.ts';
import type { LiveFeed } from '../feed/feed.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import type { SettingsReader } from '../settings/settings.ts';
import type { Home } from '../system/machine.ts';
import { createChanges } from './changes.ts';
import { createMaker } from './maker.ts';
import { listBackups } from './names.ts';
import { beginRecovery, type HoldUnsent } from './recovery.ts';
import { dismissReport, readReport, writeReport } from './report.ts';
import { nextBackupAt } from './schedule.ts';

/** Between looks whether a backup is due, in milliseconds. */
const LOOK_MS = 60_000;
/** After one that could not be made, in milliseconds. */
const AGAIN_MS = 15 * 60_000;

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
  const { make, ...maker } = createMaker({ ...input, log, folder: paths.backups, changes });
  let notBefore = 0;
  let cancel = (): void => {};

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
    await make('before-restore', name);
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
        lastError: maker.lastError(),
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
      await maker.settled();
    },
  };
}
