import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import { storeText } from '../proxies/store-name.tsx';
import { useBrowserError } from './browser-error.ts';
import {
  forgetLink,
  openInOwnBrowser,
  openInStoreBrowser,
  useLink,
  type LinkQuestion,
} from './follow-link.ts';
import { hostForms, trueAddress } from './true-host.ts';
import dialogs from './dialogs.module.css';
import styles from './link-dialog.module.css';

const isSecure = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';

/**
 * The true host, large, and its other form where they differ: in the letters it stands for, but in plain ones where those
 * would make it look like another.
 */
function Host({ judgement: { host, isDeceptive } }: Pick<LinkQuestion, 'judgement'>) {
  const t = useT('browsers');
  const { ascii, letters } = hostForms(host);
  const [shown, other] = isDeceptive ? [ascii, letters] : [letters, ascii];
  return (
    <div className={styles.host} data-deceptive={isDeceptive}>
      <bdi className={styles.letters} dir="ltr" data-testid="link-host">
        {shown}
      </bdi>
      {shown !== other && (
        <span className={styles.ascii}>
          {t(isDeceptive ? 'link.looksLike' : 'link.ascii')}{' '}
          <bdi dir="ltr" data-testid="link-other-form">
            {other}
          </bdi>
        </span>
      )}
    </div>
  );
}

/** What a link that leads elsewhere is, and where to open it. */
export function LinkForm({ question }: { readonly question: LinkQuestion }) {
  const t = useT('browsers');
  const errorText = useBrowserError();
  const { error, isOpening } = useLink();
  const store = storeText(question.storeId);
  const mayLeave = isSecure(question.url);
  return (
    <div className={dialogs.form}>
      <p className={dialogs.lead}>{t('link.lead', { store })}</p>
      <Host judgement={question.judgement} />
      {question.judgement.isDeceptive && (
        <p className={styles.warning} role="alert">
          <IconAlertTriangle size={16} stroke={1.9} aria-hidden />
          {t('link.deceptive')}
        </p>
      )}
      <div>
        <p className={dialogs.hint}>{t('link.address')}</p>
        <bdi className={styles.address} dir="ltr" data-testid="link-address">
          {trueAddress(question.url)}
        </bdi>
      </div>
      {!mayLeave && <p className={dialogs.hint}>{t('link.notSecure')}</p>}
      {error !== null && (
        <p role="alert" className={dialogs.problem}>
          {errorText(error)}
        </p>
      )}
      <div className={dialogs.buttons}>
        <Button variant="default" onClick={forgetLink} data-autofocus>
          {t('action.cancel')}
        </Button>
        <Button variant="default" disabled={isOpening || !mayLeave} onClick={() => void openInOwnBrowser()}>
          {t('link.openOwn')}
        </Button>
        <Button
          {...(question.judgement.isDeceptive ? { variant: 'default' } : {})}
          disabled={isOpening}
          onClick={() => void openInStoreBrowser()}
        >
          {t('link.openStore')}
        </Button>
      </div>
    </div>
  );
}

/** Asks before a link of a message leads anywhere but to the store's platform. */
export function LinkDialog() {
  const t = useT('browsers');
  const question = useLink((state) => state.question);
  return (
    <Modal
      opened={question !== null}
      onClose={forgetLink}
      title={t('link.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      size="lg"
    >
      {question !== null && <LinkForm question={question} />}
    </Modal>
  );
}
