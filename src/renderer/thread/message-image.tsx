import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { MediaView } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import { useMedia } from '../media.ts';
import { imageBox } from './image-box.ts';
import { ImageViewer } from './image-viewer.tsx';
import styles from './message-content.module.css';

/**
 * A picture or sticker. Its room is taken once, before the bytes are there, and kept while it is drawn: a picture
 * that arrives late, or whose size becomes known late, moves nothing.
 */
export function MessageImage({
  media,
  sticker,
}: {
  readonly media: MediaView | null;
  readonly sticker: boolean;
}) {
  const t = useT('thread');
  const [box] = useState(() => imageBox(media));
  const [open, setOpen] = useState(false);
  const { url, state } = useMedia(media?.hash ?? null);
  const failed = media === null || media.state === 'failed' || state === 'failed';
  const name = t(sticker ? 'content.sticker' : 'content.image');
  if (url === null) {
    return (
      <div
        className={styles.imageRoom}
        style={box}
        role="img"
        aria-label={t(failed ? 'content.imageFailed' : 'content.imageLoading')}
      >
        {failed ? <IconPhotoOff size={24} aria-hidden /> : <IconPhoto size={24} aria-hidden />}
        {failed && <span>{t('content.imageFailed')}</span>}
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        className={styles.imageButton}
        style={box}
        aria-label={t('content.openImage')}
        onClick={() => setOpen(true)}
      >
        <img
          src={url}
          alt={name}
          width={box.width}
          height={box.height}
          draggable={false}
          data-testid="message-image"
        />
      </button>
      {open && <ImageViewer url={url} name={name} close={() => setOpen(false)} />}
    </>
  );
}
