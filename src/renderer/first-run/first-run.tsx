import { IconArchive, IconPlugConnected, IconSchool } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { switchSpace } from '../app/space.ts';
import { useT } from '../i18n/i18n.ts';
import styles from './first-run.module.css';
import { ConnectPage, RestorePage } from './plain-pages.tsx';

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
}

function Choice({ icon, title, text, primary = false, onClick }: ChoiceProps) {
  return (
    <button type="button" className={styles.choice} data-primary={primary} onClick={onClick}>
      <span className={styles.icon}>{icon}</span>
      <span className={styles.words}>
        <span className={styles.choiceTitle}>{title}</span>
        <span className={styles.choiceText}>{text}</span>
      </span>
    </button>
  );
}

/** What a newcomer sees: three ways to begin. */
export function FirstRun() {
  const t = useT('first-run');
  const [page, setPage] = useState<'choices' | 'connect' | 'restore'>('choices');
  const back = (): void => setPage('choices');
  if (page === 'connect') return <ConnectPage onBack={back} />;
  if (page === 'restore') return <RestorePage onBack={back} />;
  return (
    <div className={styles.page}>
      <div className={styles.column}>
        <h1 className={styles.title}>{t('welcome.title')}</h1>
        <p className={styles.lead}>{t('welcome.text')}</p>
        <Choice
          primary
          icon={<IconSchool size={22} stroke={1.6} />}
          title={t('sandbox.title')}
          text={t('sandbox.text')}
          onClick={() => void switchSpace('practice')}
        />
        <Choice
          icon={<IconPlugConnected size={22} stroke={1.6} />}
          title={t('connect.title')}
          text={t('connect.text')}
          onClick={() => setPage('connect')}
        />
        <Choice
          icon={<IconArchive size={22} stroke={1.6} />}
          title={t('restore.title')}
          text={t('restore.text')}
          onClick={() => setPage('restore')}
        />
        <p className={styles.foot}>{t('welcome.local')}</p>
      </div>
    </div>
  );
}
