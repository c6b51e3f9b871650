import {
  IconAlertCircle,
  IconArrowsExchange2,
  IconCircleCheck,
  IconHelp,
  IconLogout,
  IconPlugConnectedX,
  type Icon,
} from '@tabler/icons-react';
import type { SignInKind } from './sign-in.ts';
import styles from './sign-in-mark.module.css';

/** One shape a kind, told apart without colour. */
const shapes: Record<
  SignInKind,
  { readonly tone: 'danger' | 'warning' | 'good' | 'quiet'; readonly Sign: Icon }
> = {
  'other-shop': { tone: 'danger', Sign: IconArrowsExchange2 },
  challenge: { tone: 'warning', Sign: IconAlertCircle },
  'signed-out': { tone: 'danger', Sign: IconLogout },
  trouble: { tone: 'warning', Sign: IconPlugConnectedX },
  unknown: { tone: 'quiet', Sign: IconHelp },
  'signed-in': { tone: 'good', Sign: IconCircleCheck },
};

/** How a store's sign-in is, as a shape; a word stands beside it or names it. */
export function SignInIcon({ kind, size = 15 }: { readonly kind: SignInKind; readonly size?: number }) {
  const { tone, Sign } = shapes[kind];
  return (
    <span className={styles.icon} data-tone={tone} aria-hidden>
      <Sign size={size} stroke={tone === 'quiet' ? 1.5 : 2} />
    </span>
  );
}
