import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { BackupsList } from '../backups/backups-list.tsx';
import { loadBackups, useBackups } from '../backups/backups-store.ts';
import { switchSpace } from '../app/space.ts';
import { platformIds } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { PlatformMark } from '../ui/platform-mark.tsx';
import styles from './first-run.module.css';

interface PageProps {
  readonly onBack: () => void;
}

function PlainPage({
  title,
  onBack,
  children,
}: PageProps & { readonly title: string; readonly children: ReactNode }) {
  const t = useT('first-run');
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <Button
          className={styles.back}
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconArrowLeft size={15} />}
          onClick={onBack}
        >
          {t('action.back')}
        </Button>
        <h1 className={styles.title}>{title}</h1>
        {children}
        <Button
          mt="md"
          variant="default"
          className={styles.start}
          onClick={() => void switchSpace('practice')}
        >
          {t('sandbox.title')}
        </Button>
      </div>
    </div>
  );
}

/** What connecting a store needs, and that this version can't do it yet. */
export function ConnectPage({ onBack }: PageProps) {
  const t = useT('first-run');
  return (
    <PlainPage title={t('connect.title')} onBack={onBack}>
      <p className={styles.lead}>{t('connect.later')}</p>
      <p className={styles.lead}>{t('connect.need')}</p>
      <ul className={styles.list}>
        {platformIds.map((platform) => (
          <li key={platform} className={styles.item}>
            <PlatformMark platform={platform} decorative size={22} />
            <span className={styles.words}>
              <strong>{t(`platform.${platform}`)}</strong>
              <span className={styles.choiceText}>{t(`connect.${platform}`)}</span>
            </span>
          </li>
        ))}
      </ul>
    </PlainPage>
  );
}

/** The backups there are, and where to put one of another computer. */
export function RestorePage({ onBack }: PageProps) {
  const t = useT('first-run');
  const folder = useBackups((state) => state.list?.folder ?? null);
  return (
    <PlainPage title={t('restore.title')} onBack={onBack}>
      <p className={styles.lead}>{t('restore.here')}</p>
      <BackupsList />
      <p className={styles.lead}>{t('restore.put')}</p>
      {folder !== null && <code className={styles.path}>{folder}</code>}
      <Button mt="sm" variant="default" className={styles.start} onClick={() => void loadBackups()}>
        {t('restore.look')}
      </Button>
    </PlainPage>
  );
}
