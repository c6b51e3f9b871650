import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { restoredKey, useListNote } from './list-note.ts';
import { useSelected } from './selected-store.ts';
import styles from './conversation-list.module.css';

/** What the list says in passing, over its foot: it moves nothing. "Restored" stands in the head of the open conversation. */
export function ListNoteLine() {
  const t = useT('conversations');
  const reason = useReason();
  const isOpen = useSelected(({ row }) => row !== null);
  const said = useListNote((state) => state.note);
  const note = said?.key === restoredKey && isOpen ? null : said;
  const failed = note?.failed ?? null;
  const why = failed === null ? {} : { ...failed, reason: reason(failed.error) };
  return (
    <div role="status" className={styles.note} data-testid="list-note">
      {note !== null && <span>{t(note.key, why)}</span>}
    </div>
  );
}
