import { IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useT } from '../i18n/i18n.ts';
import styles from './image-viewer.module.css';

/** A picture in full size over the page; Escape, a click beside it or the button closes it. */
export function ImageViewer({
  url,
  name,
  note,
  close,
}: {
  readonly url: string;
  readonly name: string;
  /** What is to be said of it, where it is not the full one. */
  readonly note: string | null;
  readonly close: () => void;
}) {
  const t = useT('thread');
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className={styles.viewer}
      aria-label={name}
      onClose={close}
      onClick={(event) => {
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <img src={url} alt={name} className={styles.picture} />
      {note !== null && (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
      <button
        type="button"
        className={styles.close}
        aria-label={t('content.closeImage')}
        onClick={() => dialog.current?.close()}
      >
        <IconX size={18} aria-hidden />
      </button>
    </dialog>
  );
}
