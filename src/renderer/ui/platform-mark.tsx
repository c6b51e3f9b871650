import type { PlatformId } from '../../contract/models.ts';
import { useT } from '../i18n/i18n.ts';
import styles from './platform-mark.module.css';

const letters: Record<PlatformId, string> = { shopee: 'S', lazada: 'L', tiktok: 'T' };

/** A platform's letter on its colour: our own mark, not the platform's logo. Names itself to screen readers. */
export function PlatformMark({
  platform,
  size = 18,
  decorative = false,
}: {
  readonly platform: PlatformId;
  /** Edge in pixels. */
  readonly size?: number;
  /** The platform's name stands beside it already. */
  readonly decorative?: boolean;
}) {
  const t = useT('common');
  const label = decorative
    ? { 'aria-hidden': true }
    : { role: 'img', 'aria-label': t(`platform.${platform}`) };
  return (
    <span
      {...label}
      className={styles.mark}
      data-platform={platform}
      style={{ width: size, height: size, fontSize: Math.round(size * 0.58), lineHeight: `${size}px` }}
    >
      {letters[platform]}
    </span>
  );
}
