import { useMedia } from '../media.ts';
import { avatarColour, initials } from './initials.ts';
import styles from './avatar.module.css';

/** A buyer's picture, or initials on a soft colour that is always the same for the name. Decorative: the name stands beside it. */
export function Avatar({
  name,
  hash = null,
  size = 38,
}: {
  readonly name: string;
  /** Media hash of the picture. */
  readonly hash?: string | null;
  /** Diameter in pixels. */
  readonly size?: number;
}) {
  const { url } = useMedia(hash);
  const { ground, ink } = avatarColour(name);
  const box = { width: size, height: size, fontSize: Math.round(size * 0.37) };
  if (url !== null) return <img className={styles.avatar} src={url} alt="" style={box} draggable={false} />;
  return (
    <span className={styles.avatar} aria-hidden style={{ ...box, background: ground, color: ink }}>
      {initials(name)}
    </span>
  );
}
