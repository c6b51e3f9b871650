import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import type { StoreGroup } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useErrorText } from '../ui/error-text.ts';
import { isComposing } from '../ui/ime.ts';
import { createGroup, deleteGroup, renameGroup } from './stores-actions.ts';

/** As long as the contract allows. */
const LONGEST_NAME = 60;

/** What is asked about a group; `create` may take a store along. */
export type GroupDialogState =
  | { readonly kind: 'create'; readonly storeId: number | null }
  | { readonly kind: 'rename'; readonly group: StoreGroup }
  | { readonly kind: 'delete'; readonly group: StoreGroup };

interface GroupDialogProps {
  readonly dialog: GroupDialogState | null;
  readonly onClose: () => void;
}

function act(dialog: GroupDialogState, name: string): Promise<ErrorShape | null> {
  if (dialog.kind === 'create') return createGroup(name, dialog.storeId);
  return dialog.kind === 'rename' ? renameGroup(dialog.group.id, name) : deleteGroup(dialog.group.id);
}

function GroupForm({ dialog, onClose }: { readonly dialog: GroupDialogState; readonly onClose: () => void }) {
  const t = useT('stores');
  const errorText = useErrorText();
  const [name, setName] = useState(dialog.kind === 'rename' ? dialog.group.name : '');
  const [error, setError] = useState<ErrorShape | null>(null);
  const [busy, setBusy] = useState(false);
  const deleting = dialog.kind === 'delete';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || (!deleting && name.trim() === '')) return;
    setBusy(true);
    const failed = await act(dialog, name.trim());
    setBusy(false);
    setError(failed);
    if (failed === null) onClose();
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      {deleting ? (
        <Text size="md">{t('group.deleteText', { name: dialog.group.name })}</Text>
      ) : (
        <TextInput
          label={t('group.name')}
          value={name}
          maxLength={LONGEST_NAME}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter would pick a candidate of the input method; it must not submit the form as well.
            if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
          }}
        />
      )}
      {error !== null && (
        <Text size="sm" c="var(--danger)" mt="xs" role="alert">
          {errorText(error)}
        </Text>
      )}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!deleting && name.trim() === ''}>
          {t(deleting ? 'group.delete' : 'action.save')}
        </Button>
      </Group>
    </form>
  );
}

/** Asks for a group's name, or whether to delete it. */
export function GroupDialog({ dialog, onClose }: GroupDialogProps) {
  const t = useT('stores');
  return (
    <Modal
      opened={dialog !== null}
      onClose={onClose}
      title={dialog && t(`group.title.${dialog.kind}`)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size="sm"
    >
      {dialog !== null && <GroupForm key={dialog.kind} dialog={dialog} onClose={onClose} />}
    </Modal>
  );
}
