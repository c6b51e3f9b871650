import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { useBackupError, useBackupReason } from '../backups/backup-error.ts';
import { BackupsList } from '../backups/backups-list.tsx';
import listStyles from '../backups/backups-list.module.css';
import { backupWait, useBackups } from '../backups/backups-store.ts';
import { useBytes } from '../ui/use-bytes.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { changeSettings, useSettings } from './settings-store.ts';
import styles from './settings-view.module.css';

/** Hours offered between backups; 0: none by themselves. */
const HOURS = [1, 3, 6, 12, 24, 0];

function Schedule({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('backups');
  const hours = useSettings((state) => state.settings.backupHours);
  const offered = HOURS.includes(hours) ? HOURS : [hours, ...HOURS];
  const change = async (backupHours: number): Promise<void> => {
    const answer = await changeSettings({ backupHours });
    onFailed(answer.ok ? null : answer.error);
  };
  return (
    <div className={styles.row}>
      <div className={styles.label}>
        {t('schedule.label')}
        <p className={styles.hint}>{t('schedule.hint')}</p>
      </div>
      <Select
        aria-label={t('schedule.label')}
        w={180}
        allowDeselect={false}
        value={String(hours)}
        data={offered.map((value) => ({
          value: String(value),
          label: value === 0 ? t('schedule.off') : t('schedule.hours', { count: value }),
        }))}
        onChange={(value) => void change(Number(value ?? hours))}
      />
    </div>
  );
}

/** Copies of the data on this computer: when they are made, those there are, and the way back to one. */
export function Backups({ onFailed }: { readonly onFailed: (error: ErrorShape | null) => void }) {
  const t = useT('backups');
  const format = useFormat();
  const list = useBackups((state) => state.list);
  const errorText = useBackupError();
  const reasonText = useBackupReason();
  const sizeOf = useBytes();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.call('backups.make', {}, backupWait);
    setBusy(false);
    setError(answer.ok ? null : answer.error);
  };
  const lastError = list?.lastError ?? null;
  const problem = error !== null ? errorText(error) : lastError === null ? null : reasonText(lastError);
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('title')}</h2>
      <p className={styles.lead}>{t('lead')}</p>
      <Schedule onFailed={onFailed} />
      <div className={styles.row}>
        <div className={styles.label}>
          {list?.nextAt == null ? t('next.none') : t('next.at', { at: format.full(list.nextAt) })}
          <p className={styles.hint}>
            {t('folder')} <span className={styles.path}>{list?.folder}</span>
          </p>
        </div>
        <Button variant="default" loading={busy} onClick={() => void make()}>
          {t('make')}
        </Button>
      </div>
      {problem !== null && (
        <p role="alert" className={listStyles.problem}>
          {t('notMade', { reason: problem })}
        </p>
      )}
      <BackupsList />
      {list?.putAside != null && (
        <p className={styles.hint}>
          {t('putAside', { size: sizeOf(list.putAside.bytes) })}{' '}
          <span className={styles.path}>{list.putAside.folder}</span>
        </p>
      )}
    </section>
  );
}
