import { Modal } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { storeText } from '../proxies/store-name.tsx';
import { ClearForm } from './clear-form.tsx';
import { DownloadsList } from './downloads-list.tsx';
import { IsolationCheck } from './isolation-report.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { closeQuestion, useBrowserQuestion, type BrowserQuestion } from './questions-store.ts';
import { SeparateForm } from './separate-form.tsx';
import { ShareForm } from './share-form.tsx';
import { TroubleForm } from './trouble-form.tsx';
import { useReturn } from './use-return.ts';

function Body({ question }: { readonly question: BrowserQuestion }) {
  const { storeId } = question;
  switch (question.kind) {
    case 'clear':
      return <ClearForm storeId={storeId} />;
    case 'share':
      return <ShareForm storeId={storeId} />;
    case 'separate':
      return <SeparateForm storeId={storeId} />;
    case 'downloads':
      return <DownloadsList storeId={storeId} />;
    case 'isolation':
      return <IsolationCheck storeId={storeId} />;
    case 'trouble':
      return <TroubleForm storeId={storeId} error={question.error} />;
  }
}

/** What is asked and told about stores' browsers, over whatever view is shown. */
export function BrowserDialogs() {
  const t = useT('browsers');
  const question = useBrowserQuestion((state) => state.question);
  const goBack = useReturn(question?.storeId ?? null);
  const wide = question?.kind === 'isolation' || question?.kind === 'downloads';
  return (
    <>
      <Modal
        opened={question !== null}
        onClose={closeQuestion}
        returnFocus={false}
        onExitTransitionEnd={goBack}
        title={question !== null && t(`title.${question.kind}`, { store: storeText(question.storeId) })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        size={wide ? 'lg' : 'md'}
      >
        {question !== null && <Body key={`${question.kind} ${question.storeId}`} question={question} />}
      </Modal>
      <LinkDialog />
    </>
  );
}
