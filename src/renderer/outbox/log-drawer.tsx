import { Button, Drawer, Loader } from '@mantine/core';

import { useEffect, useState } from 'react';
import type { Result } from '../../base/result.ts';
import type { LogLine } from '../../contract/log.ts';
import { client } from '../client.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { Tag } from '../ui/badge.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { logFields, logText } from './log-fields.ts';
import { closeLog, useLogSubject, type LogSubject } from './log-store.ts';
import styles from './log-drawer.module.css';

type Answer = Result<{ readonly lines: readonly LogLine[]; readonly folder: string }>;

const tones = { info: 'neutral', warn: 'warning', error: 'danger' } as const;

function Line({ line }: { readonly line: LogLine }) {
  const t = useT('outbox');
  const format = useFormat();
  return (
    <li className={styles.line} data-testid="log-line">
      <div className={styles.head}>
        <time dateTime={new Date(line.at).toISOString()} title={format.full(line.at)}>
          {format.seconds(line.at)}
        </time>
        <Tag tone={tones[line.level]}>{t(`log.level.${line.level}`)}</Tag>
        <span className={styles.event}>
          {line.scope} · {line.event}
        </span>
      </div>
      <dl className={styles.fields}>
        {logFields(line).map(({ name, value }) => (
          <div key={name} className={styles.field}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function LogLines({ subject }: { readonly subject: LogSubject }) {
  const t = useT('outbox');
  const reason = useReason();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let shown = true;
    void client.call('log.about', { ...subject }).then((read) => {
      if (shown) setAnswer(read);
    });
    return () => {
      shown = false;
    };
  }, [subject, turn]);
  if (answer === null)
    return (
      <div className={styles.loading} role="status" aria-label={t('log.loading')}>
        <Loader size={18} />
      </div>
    );
  const again = (
    <Button variant="default" size="xs" onClick={() => setTurn((count) => count + 1)}>
      {t('log.again')}
    </Button>
  );
  if (!answer.ok) return <ErrorState title={t('log.unread')} text={reason(answer.error)} action={again} />;
  const { lines, folder } = answer.value;
  return (
    <>
      <div className={styles.tools}>
        <CopyButton
          text={logText(lines)}
          label={t('log.copy')}
          copied={t('log.copied')}
          notCopied={t('log.notCopied')}
        />
        {again}
      </div>
      {lines.length === 0 ? (
        <EmptyState title={t('log.none')} text={t('log.noneText')} />
      ) : (
        <ol className={styles.lines}>
          {lines.map((line, index) => (
            <Line key={`${line.at}-${index}`} line={line} />
          ))}
        </ol>
      )}
      <p className={styles.folder}>
        {t('log.folder')} <bdi>{folder}</bdi>
      </p>
    </>
  );
}

/** What the log says about one message or store, beside the view it was asked from. */
export function LogDrawer() {
  const t = useT('outbox');
  const subject = useLogSubject((state) => state.subject);
  const title = subject?.messageId == null ? t('log.titleStore') : t('log.titleMessage');
  return (
    <Drawer
      opened={subject !== null}
      onClose={closeLog}
      position="right"
      size={520}
      title={title}
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.25 }}
      transitionProps={{ duration: 90 }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {subject !== null && <LogLines subject={subject} />}
    </Drawer>
  );
}
