import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { BackupView } from '../../contract/backups.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useBackupError } from './backup-error.ts';
import { backupWait, useBackups } from './backups-store.ts';
import { useBytes } from '../ui/use-bytes.ts';
import styles from './backups-list.module.css';

function RestoreDialog({
  backup,
  onClose,
}: {
  readonly backup: BackupView | null;
  readonly onClose: () => void;
}) {
  const t = useT('backups');
  const format = useFormat();
  const errorText = useBackupError();
  const [error, setError] = useState<ErrorShape | null>(null);
  const [busy, setBusy] = useState(false);
  const close = (): void => {
    setError(null);
    onClose();
  };
  const restore = async (name: string): Promise<void> => {
    setBusy(true);
    setError(null);
    const answer = await client.call('backups.restore', { name }, backupWait);
    setBusy(false);
    // `closed` means that the engine is starting again already.
    if (answer.ok || answer.error.code === 'closed') close();
    else setError(answer.error);
  };
  return (
    <Modal
      closeButtonProps={{ 'aria-label': t('action.close') }}
      opened={backup !== null}
      onClose={close}
      title={t('restore.title')}
      centered
    >
      {backup !== null && (
        <>
          <p>{t('restore.text', { at: format.full(backup.at) })}</p>
          <p>{t('restore.held')}</p>
          {error !== null && (
            <p role="alert" className={styles.problem}>
              {errorText(error)}
            </p>
          )}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              {t('action.cancel')}
            </Button>
            <Button loading={busy} onClick={() => void restore(backup.name)}>
              {t('restore.confirm')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}

/** Every backup of this data folder, newest first, each with a way back to it. */
export function BackupsList() {
  const t = useT('backups');
  const format = useFormat();
  const sizeOf = useBytes();
  const list = useBackups((state) => state.list);
  const [chosen, setChosen] = useState<BackupView | null>(null);
  if (list === null) return null;
  return (
    <>
      {list.backups.length === 0 ? (
        <p className={styles.note}>{t('list.none')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('title')}>
          {list.backups.map((backup) => (
            <li key={backup.name} className={styles.item} data-testid="backup">
              <span className={styles.words}>
                {format.full(backup.at)}
                <span className={styles.note}>
                  {t(`kind.${backup.kind}`)} · {sizeOf(backup.bytes)}
                  {backup.kind === 'added' && ` · ${backup.name}`}
                </span>
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('restore.of', { at: format.full(backup.at) })}
                onClick={() => setChosen(backup)}
              >
                {t('restore.button')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <RestoreDialog backup={chosen} onClose={() => setChosen(null)} />
    </>
  );
}
