import { Modal } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { closeQuestion, useBoard, type BoardQuestion } from './board-store.ts';
import { AssignForm } from './questions/assign-form.tsx';
import { DisableForm } from './questions/disable-form.tsx';
import { ExportForm } from './questions/export-form.tsx';
import { RemoveForm } from './questions/remove-form.tsx';
import { RenewForm } from './questions/renew-form.tsx';
import { ReplaceForm } from './questions/replace-form.tsx';

const forms: Record<BoardQuestion, (props: { readonly proxyIds: readonly number[] }) => React.ReactNode> = {
  assign: AssignForm,
  replace: ReplaceForm,
  renew: RenewForm,
  disable: DisableForm,
  remove: RemoveForm,
  export: ExportForm,
};

/** The dialog that is open over the board, if any. */
export function BoardQuestions() {
  const t = useT('proxies');
  const question = useBoard((state) => state.question);
  const Form = question === null ? null : forms[question.kind];
  return (
    <Modal
      opened={question !== null}
      onClose={closeQuestion}
      title={question !== null && t(`question.${question.kind}`, { count: question.proxyIds.length })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size={question?.kind === 'replace' ? 'lg' : 'md'}
      yOffset="8vh"
    >
      {question !== null && Form !== null && <Form key={question.kind} proxyIds={question.proxyIds} />}
    </Modal>
  );
}
