import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { RecoveryReport } from '../../contract/backups.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { openOutbox } from '../outbox/open-message.ts';
import { useBackups } from './backups-store.ts';
import { DataBar } from './data-bar.tsx';
import styles from './data-bars.module.css';
import { reportFacts } from './report-facts.ts';

function ReportText({ report }: { readonly report: RecoveryReport }) {
  const t = useT('backups');
  const format = useFormat();
  const { kind, quarantine } = report;
  return (
    <ul className={styles.facts}>
      {reportFacts(report).map(({ key, count, at }) => (
        <li key={key}>
          {t(`report.${key}`, {
            ...(count === undefined ? {} : { count }),
            ...(at === undefined ? {} : { at: format.full(at) }),
          })}
        </li>
      ))}
      {quarantine !== null && (
        <li>
          {t(`report.quarantine.${kind}`)} <code className={styles.path}>{quarantine}</code>
        </li>
      )}
    </ul>
  );
}

/** What was done about a database that was replaced, until a person puts it away. */
export function ReportBar() {
  const t = useT('backups');
  const format = useFormat();
  const report = useBackups((state) => state.report);
  const [opened, setOpened] = useState(false);
  if (report === null) return null;
  const { kind, at, held } = report;
  const close = (): void => setOpened(false);
  const dismiss = (): void => {
    close();
    void client.call('backups.dismissReport', {});
  };
  const showHeld = (): void => {
    close();
    openOutbox(null);
  };
  return (
    <DataBar kind="warning" text={t(`report.bar.${kind}`, { at: format.full(at) })}>
      <Button size="compact-sm" variant="default" onClick={() => setOpened(true)}>
        {t('report.details')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={dismiss}>
        {t('report.dismiss')}
      </Button>
      <Modal
        closeButtonProps={{ 'aria-label': t('action.close') }}
        opened={opened}
        onClose={close}
        title={t(`report.title.${kind}`)}
        size="lg"
        centered
      >
        <ReportText report={report} />
        <Group justify="flex-end">
          {held > 0 && (
            <Button variant="default" onClick={showHeld}>
              {t('report.outbox')}
            </Button>
          )}
          <Button onClick={dismiss}>{t('report.dismiss')}</Button>
        </Group>
      </Modal>
    </DataBar>
  );
}
