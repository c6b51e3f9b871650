import { IconPhotoPlus } from '@tabler/icons-react';
import { useT } from '../i18n/i18n.ts';
import type { NoticeNames } from '../panel/notice-store.ts';
import styles from './attachments.module.css';

/** Says whose conversation a file dropped now would go to. */
export function DropHint({ label }: { readonly label: NoticeNames }) {
  const t = useT('attachments');
  return (
    <div className={styles.drop} data-testid="drop-hint">
      <IconPhotoPlus size={20} aria-hidden />
      {t('drop', { ...label })}
    </div>
  );
}
