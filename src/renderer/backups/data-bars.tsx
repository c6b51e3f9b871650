import { Button, Group, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { RecoveryReport } from '../../contract/backups.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useErrorText } from '../ui/error-text.ts';
import { useBackups } from './backups-store.ts';
import styles from './data-bars.module.css';

function Bar({
  kind,
  text,
  children,
}: {
  readonly kind: 'warning' | 'danger';
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.bar} data-kind={kind} role="status">
      <span className={styles.text}>{text}</span>
      {children}
    </div>
  );
}

/** Nothing can be saved: why, and that it goes on by itself. */
function StorageBar() {
  const t = useT('backups');
  const storage = useBackups((state) => state.storage);
  return storage === null ? null : <Bar kind="danger" text={t(`storage.${storage}`)} />;
}

function TakeOverDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const t = useT('backups');
  const errorText = useErrorText();
  const [error, setError] = useState<ErrorShape | null>(null);
  const [busy, setBusy] = useState(false);
  const takeOver = async (): Promise<void> => {
    setBusy(true);
    const answer = await client.call('backups.takeOver', {});
    setBusy(false);
    // `closed` means that the engine has started again already.
    if (answer.ok || answer.error.code === 'closed') onClose();
    else setError(answer.error);
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('takeOver.title')} centered>
      <p>{t('takeOver.other')}</p>
      <p>{t('takeOver.held')}</p>
      {error !== null && <p role="alert">{errorText(error)}</p>}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void takeOver()}>
          {t('takeOver.confirm')}
        </Button>
      </Group>
    </Modal>
  );
}

/** This data was last used elsewhere: it is shown, and a person says whether it is to be used here. */
function CopyBar() {
  const t = useT('backups');
  const format = useFormat();
  const readOnly = useBackups((state) => state.readOnly);
  const [asking, setAsking] = useState(false);
  if (readOnly === null) return null;
  const place = readOnly.otherFolder
    ? t('copy.otherFolder')
    : t('copy.machine', { machine: readOnly.machine });
  const at = readOnly.lastUsedAt === null ? '' : t('copy.at', { at: format.full(readOnly.lastUsedAt) });
  return (
    <Bar kind="warning" text={[place, at, t('copy.still')].filter((part) => part !== '').join(' ')}>
      <Button size="compact-sm" onClick={() => setAsking(true)}>
        {t('takeOver.button')}
      </Button>
      <TakeOverDialog opened={asking} onClose={() => setAsking(false)} />
    </Bar>
  );
}

function ReportFacts({ report }: { readonly report: RecoveryReport }) {
  const t = useT('backups');
  const format = useFormat();
  const { kind, backup, savedMessages, savedDrafts, held, quarantine } = report;
  return (
    <ul className={styles.facts}>
      {backup !== null && <li>{t('report.backup', { at: format.full(backup.at) })}</li>}
      {kind === 'damaged' && backup === null && <li>{t('report.noBackup')}</li>}
      {kind !== 'taken-over' && <li>{t('report.missing')}</li>}
      {savedMessages > 0 && <li>{t('report.messages', { count: savedMessages })}</li>}
      {savedDrafts > 0 && <li>{t('report.drafts', { count: savedDrafts })}</li>}
      {held > 0 && <li>{t('report.held', { count: held })}</li>}
      {quarantine !== null && (
        <li>
          {t('report.quarantine')} <code className={styles.path}>{quarantine}</code>
        </li>
      )}
    </ul>
  );
}

/** What was done about a database that was replaced, until a person puts it away. */
function ReportBar() {
  const t = useT('backups');
  const format = useFormat();
  const report = useBackups((state) => state.report);
  const [opened, setOpened] = useState(false);
  if (report === null) return null;
  const dismiss = (): void => {
    setOpened(false);
    void client.call('backups.dismissReport', {});
  };
  return (
    <Bar kind="warning" text={t(`report.${report.kind}`, { at: format.full(report.at) })}>
      <Button size="compact-sm" variant="default" onClick={() => setOpened(true)}>
        {t('report.details')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={dismiss}>
        {t('report.dismiss')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t(`report.title.${report.kind}`)}
        size="lg"
        centered
      >
        <ReportFacts report={report} />
        <Group justify="flex-end">
          <Button onClick={dismiss}>{t('report.dismiss')}</Button>
        </Group>
      </Modal>
    </Bar>
  );
}

/** What stands in the way of the data, or happened to it: over every view. */
export function DataBars() {
  return (
    <>
      <StorageBar />
      <CopyBar />
      <ReportBar />
    </>
  );
}
