import type { backupsContract } from '../../contract/backups.ts';
import type { LiveFeed } from '../feed/feed.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import type { SettingsReader } from '../settings/settings.ts';
import type { Home } from '../system/machine.ts';
import { createChanges } from './changes.ts';
import { createMaker } from './maker.ts';
import { readRecovery } from './marker.ts';
import { listBackups } from './names.ts';
import type { HoldUnsent } from './recovery.ts';
import { dismissReport, readReport, writeReport } from './report.ts';
import { lookAside } from './quarantine.ts';
import { createRestore } from './restore.ts';
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

const NOTHING_LOST = {
  backup: null,
  keptUntil: null,
  quarantine: null,
  savedMessages: 0,
  savedDrafts: 0,
  stoppedStores: 0,
};

/** Keeps backups by a schedule and by hand, and puts one back when asked to. */
export function createBackups(input: BackupsInput): Feature<keyof typeof backupsContract> {
  const { db, dataDir, clock, feed, settings, home, host } = input;
  const log = input.log.scope('backups');
  const paths = dataPaths(dataDir);
  const changes = createChanges(input);
  const wanted = (): string | null => readRecovery(paths.recovery)?.backup ?? null;
  const { make, ...maker } = createMaker({ ...input, log, folder: paths.backups, changes, wanted });
  let notBefore = 0;
  let isMaking = false;
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
    // One may take longer than the next look, or than the pause after one that failed.
    if (isMaking || at === null || now < at) return;
    if (now < notBefore && notBefore - now <= AGAIN_MS) return;
    isMaking = true;
    notBefore = now + AGAIN_MS;
    make('scheduled')
      .then(
        () => (notBefore = 0),
        () => undefined,
      )
      .finally(() => (isMaking = false));
  };

  const restore = createRestore({ ...input, log, make });
  const takeOver = (): Promise<null> => {
    if (home.readOnly === null) return Promise.resolve(null);
    const work = db.transaction(() => {
      home.takeOver();
      return input.holdUnsent(db);
    });
    const held = work.immediate();
    const kind = home.readOnly.otherFolder === null ? 'taken-over' : 'moved';
    writeReport(paths.report, { ...NOTHING_LOST, kind, at: clock.now(), held });
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
        putAside: lookAside(paths.quarantine),
      }),
      'backups.make': () => make('by-hand'),
      'backups.restore': ({ name }) => restore.begin(name),
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
      restore.stop();
      changes.stop();
      await maker.settled();
    },
  };
}
