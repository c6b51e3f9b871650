import { useT } from '../i18n/i18n.ts';
import styles from './practice-bar.module.css';
import { switchSpace } from './space.ts';

/** The striped bar over everything in practice, with the way out. */
export function PracticeBar() {
  const t = useT('common');
  return (
    <div className={styles.bar} role="region" aria-label={t('practice.label')}>
      <strong className={styles.word}>{t('practice.label')}</strong>
      <span className={styles.text}>{t('practice.text')}</span>
      <button type="button" className={styles.leave} onClick={() => void switchSpace('real')}>
        {t('practice.leave')}
      </button>
    </div>
  );
}
