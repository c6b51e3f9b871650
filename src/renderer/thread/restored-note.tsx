import { restoredKey, useListNote } from '../conversations/list-note.ts';
import { useT } from '../i18n/i18n.ts';
import styles from './thread-head.module.css';

/** Says for a moment that the panel is what it was: here it lies over nothing, as it would over the list. */
export function RestoredNote() {
  const t = useT('conversations');
  const isSaid = useListNote(({ note }) => note?.key === restoredKey);
  return (
    <span role="status" className={styles.restored} data-testid="restored-note">
      {isSaid && t(restoredKey)}
    </span>
  );
}
