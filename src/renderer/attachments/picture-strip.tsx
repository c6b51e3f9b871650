import { IconAlertTriangle, IconPhoto, IconX } from '@tabler/icons-react';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useMedia } from '../media.ts';
import { displayText } from '../panel/display-text.ts';
import { formatName, type PictureLimits } from './check-picture.ts';
import type { Picked } from './picked.ts';
import { mostPictures, type RefusedFile } from './uploads.ts';
import type { Pictures } from './use-pictures.ts';
import styles from './attachments.module.css';

function Preview({ picked, remove }: { readonly picked: Picked; readonly remove: () => void }) {
  const t = useT('attachments');
  const { url } = useMedia(picked.hash);
  const name = displayText(picked.name);
  const failed = picked.state === 'failed';
  return (
    <li className={styles.preview} data-state={picked.state} data-testid="picked-picture">
      {url === null ? (
        <span
          className={styles.previewRoom}
          role="img"
          aria-label={t(failed ? 'strip.failed' : 'strip.loading', { name })}
          title={failed ? t('strip.failed', { name }) : name}
        >
          {failed ? <IconAlertTriangle size={18} aria-hidden /> : <IconPhoto size={18} aria-hidden />}
        </span>
      ) : (
        <img className={styles.previewRoom} src={url} alt={name} title={name} draggable={false} />
      )}
      <button
        type="button"
        className={styles.remove}
        aria-label={t('strip.remove', { name })}
        title={t('strip.remove', { name })}
        onClick={remove}
      >
        <IconX size={12} stroke={2.4} aria-hidden />
      </button>
    </li>
  );
}

/** Pictures picked for this conversation, in the order they will go. */
export function PictureStrip({ items, remove }: Pick<Pictures, 'items' | 'remove'>) {
  const t = useT('attachments');
  if (items.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={t('strip.label', { count: items.length })}>
      {items.map((picked) => (
        <Preview key={picked.clientId} picked={picked} remove={() => remove(picked.clientId)} />
      ))}
    </ul>
  );
}

/** Files that were not taken, each with what it is and what the platform takes. */
export function RefusedFiles({
  refused,
  limits,
  platform,
}: {
  readonly refused: readonly RefusedFile[];
  readonly limits: PictureLimits;
  readonly platform: string;
}) {
  const t = useT('attachments');
  const format = useFormat();
  if (refused.length === 0) return null;
  const size = (bytes: number): string =>
    bytes >= 1024 * 1024
      ? t('size.mb', { size: format.number(Math.round((bytes / 1024 / 1024) * 10) / 10) })
      : t('size.kb', { size: format.number(Math.max(1, Math.round(bytes / 1024))) });
  const words = ({ name, bytes, problem }: RefusedFile): string =>
    t(`problem.${problem.kind}`, {
      name: displayText(name),
      platform,
      size: size(bytes),
      most: problem.kind === 'too-many' ? String(mostPictures) : size(limits.maxBytes),
      type:
        problem.kind === 'wrong-type' && problem.type !== null ? formatName(problem.type) : t('unknownType'),
      types: limits.types.map(formatName).join(', '),
    });
  return (
    <div role="alert" data-testid="refused-files">
      <ul className={styles.refused}>
        {refused.map((file) => (
          <li key={file.id}>{words(file)}</li>
        ))}
      </ul>
    </div>
  );
}
