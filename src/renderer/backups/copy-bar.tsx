import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useErrorText } from '../ui/error-text.ts';
import { useBackups } from './backups-store.ts';
import { DataBar } from './data-bar.tsx';

/** `from`: where the data was last used: on another machine, or in another folder of this one. */
function TakeOverDialog({
  from,
  opened,
  onClose,
}: {
  readonly from: 'machine' | 'folder';
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
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
    <Modal
      closeButtonProps={{ 'aria-label': t('action.close') }}
      opened={opened}
      onClose={onClose}
      title={t(`takeOver.${from}.title`)}
      centered
    >
      <p>{t(`takeOver.${from}.other`)}</p>
      <p>{t('takeOver.held')}</p>
      {error !== null && <p role="alert">{errorText(error)}</p>}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void takeOver()}>
          {t(`takeOver.${from}.confirm`)}
        </Button>
      </Group>
    </Modal>
  );
}

/** This data was last used elsewhere: it is shown, and a person says whether it is to be used here. */
export function CopyBar() {
  const t = useT('backups');
  const format = useFormat();
  const readOnly = useBackups((state) => state.readOnly);
  const [asking, setAsking] = useState(false);
  if (readOnly === null) return null;
  const { machine, otherFolder: folder, lastUsedAt } = readOnly;
  const from = folder === null ? 'machine' : 'folder';
  const place = folder === null ? t('copy.machine', { machine }) : t('copy.folder', { folder });
  const at = lastUsedAt === null ? [] : [t('copy.at', { at: format.full(lastUsedAt) })];
  return (
    <DataBar kind="warning" text={[place, ...at, t('copy.still')].join(' ')}>
      <Button size="compact-sm" onClick={() => setAsking(true)}>
        {t(`takeOver.${from}.button`)}
      </Button>
      <TakeOverDialog from={from} opened={asking} onClose={() => setAsking(false)} />
    </DataBar>
  );
}
