import { IconPhoto, IconPhotoDown, IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { MediaView } from '../../contract/models.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { useMedia } from '../media.ts';
import { useSettings } from '../settings/settings-store.ts';
import { imageBox } from './image-box.ts';
import { ImageViewer } from './image-viewer.tsx';
import styles from './message-content.module.css';

interface MessageImageProps {
  readonly messageId: number;
  readonly media: MediaView | null;
  readonly sticker: boolean;
}

/**
 * A picture or sticker, as its thumbnail until the full one is here. Its room is taken once, before the bytes are
 * there, and kept while it is drawn: a picture that arrives late, or whose size becomes known late, moves nothing.
 */
export function MessageImage({ messageId, media, sticker }: MessageImageProps) {
  const t = useT('thread');
  const [box] = useState(() => imageBox(media));
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const isSaving = useSettings((state) => state.settings.saveTraffic);
  const full = useMedia(media?.hash ?? null);
  const thumb = useMedia(full.url === null ? (media?.thumb?.hash ?? null) : null);
  const failed = media === null || media.state === 'failed' || full.state === 'failed';
  const url = full.url ?? thumb.url;
  const ask = async (): Promise<void> => {
    setAsked(true);
    const answer = await client.call('messages.fetchPicture', { messageId });
    if (!answer.ok) setAsked(false);
  };
  if (url !== null) {
    const note =
      full.url !== null ? null : t(failed ? 'content.imageFullFailed' : 'content.imageFullLoading');
    return (
      <>
        <button
          type="button"
          className={styles.imageButton}
          style={box}
          aria-label={t('content.openImage')}
          onClick={() => {
            setOpen(true);
            if (full.url === null && !failed) void ask();
          }}
        >
          <img
            src={url}
            alt={t(sticker ? 'content.sticker' : 'content.image')}
            width={box.width}
            height={box.height}
            draggable={false}
            data-testid="message-image"
          />
        </button>
        {open && <ImageViewer url={url} name={t('content.image')} note={note} close={() => setOpen(false)} />}
      </>
    );
  }
  if (isSaving && !asked && !sticker && media?.state === 'pending' && media.thumb === null) {
    return (
      <button type="button" className={styles.imageAsk} style={box} onClick={() => void ask()}>
        <IconPhotoDown size={24} aria-hidden />
        <span>{t('content.imageLoad')}</span>
      </button>
    );
  }
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
