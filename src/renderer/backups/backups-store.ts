import { create } from 'zustand';
import type { BackupView, PutAside, RecoveryReport } from '../../contract/backups.ts';
import type { StorageTrouble, SystemInfo } from '../../contract/system.ts';
import { client } from '../client.ts';

/** A large database takes minutes to be copied and read through. */
export const backupWait = { timeoutMs: 600_000 };

interface BackupsState {
  /** Null until the engine has answered. */
  readonly list: {
    readonly backups: readonly BackupView[];
    readonly folder: string;
    readonly nextAt: number | null;
    readonly lastError: string | null;
    readonly putAside: PutAside | null;
  } | null;
  /** What a person has not read yet. */
  readonly report: RecoveryReport | null;
  readonly readOnly: SystemInfo['readOnly'];
  readonly storage: StorageTrouble | null;
}

/** The backups, and what stands in the way of the data: kept up to date. */
export const useBackups = create<BackupsState>(() => ({
  list: null,
  report: null,
  readOnly: null,
  storage: null,
}));

async function loadSystem(): Promise<void> {
  const info = await client.call('system.info', {});
  if (info.ok) useBackups.setState({ readOnly: info.value.readOnly, storage: info.value.storage });
}

/** Looks what backups there are: a person may have put one there. */
export async function loadBackups(): Promise<void> {
  const [list, report] = await Promise.all([
    client.call('backups.list', {}),
    client.call('backups.report', {}),
  ]);
  if (list.ok) useBackups.setState({ list: list.value });
  if (report.ok) useBackups.setState({ report: report.value });
}

/** Reads them and keeps reading them when they change. Call once. */
export function startBackups(): void {
  client.onFeed('system', () => void loadSystem());
  client.onFeed('backups', () => void loadBackups());
  // When the next one is due follows from a setting.
  client.onFeed('settings', () => void loadBackups());
  void loadSystem();
  void loadBackups();
}
