import { useCallback } from 'react';
import type { StoreDownload } from '../../contract/browsers.ts';
import { useBytes } from '../ui/use-bytes.ts';
import { client } from '../client.ts';
import { useMinute } from '../conversations/minute.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { displayText } from '../panel/display-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Failed, Waiting } from './waiting.tsx';
import styles from './dialogs.module.css';

function Folder({ folder }: { readonly folder: string }) {
  const t = useT('browsers');
  return (
    <div className={styles.folder}>
      <code className={styles.path}>{folder}</code>
      <CopyButton
        text={folder}
        label={t('downloads.copy')}
        copied={t('downloads.copied')}
        notCopied={t('downloads.notCopied')}
      />
    </div>
  );
}

/** The files, newest first, with the folder they lie in. */
export function DownloadsFound({
  folder,
  files,
}: {
  readonly folder: string;
  readonly files: readonly StoreDownload[];
}) {
  const t = useT('browsers');
  const format = useFormat();
  const size = useBytes();
  const now = useMinute();
  return (
    <div className={styles.form}>
      {files.length === 0 ? (
        <p className={styles.nothing}>{t('downloads.none')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('downloads.list')}>
          {files.map((file) => (
            <li key={file.name} className={styles.item}>
              <bdi className={styles.name}>{displayText(file.name)}</bdi>
              <span className={styles.aside}>{size(file.size)}</span>
              <time
                className={styles.aside}
                dateTime={new Date(file.at).toISOString()}
                title={format.full(file.at)}
              >
                {format.listTime(file.at, now)}
              </time>
            </li>
          ))}
        </ul>
      )}
      <Folder folder={folder} />
    </div>
  );
}

/** What a store's pages gave to keep. */
export function DownloadsList({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const ask = useCallback(() => client.call('browsers.downloads', { storeId }), [storeId]);
  const { value, error, again } = useAnswer(ask);
  if (error !== null) return <Failed error={error} again={again} />;
  return value === null ? <Waiting text={t('downloads.reading')} /> : <DownloadsFound {...value} />;
}
