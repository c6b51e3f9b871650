import { Tooltip } from '@mantine/core';
import { IconMessage2, IconSend, IconSettings, IconWorld } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { useOutbox } from '../outbox/outbox-store.ts';
import { useProxyTrouble } from '../proxies/use-proxy-trouble.ts';
import { CountBadge } from '../ui/badge.tsx';
import styles from './nav-rail.module.css';
import { useNeedsReply } from './use-needs-reply.ts';
import { useView, type View } from './views.ts';

interface NavButtonProps {
  readonly view: View;
  readonly name: string;
  /** What waits there, in words; null when nothing does. */
  readonly waits: string | null;
  readonly icon: ReactNode;
  readonly children?: ReactNode;
}

/** Its tooltip lies over what stands beside the rail: it is short, and gone once the view is there. */
function NavButton({ view, name, waits, icon, children }: NavButtonProps) {
  const { view: shown, show } = useView();
  const isShown = shown === view;
  return (
    <Tooltip label={name} position="right" withinPortal={false} disabled={isShown}>
      <button
        type="button"
        className={styles.button}
        aria-label={waits === null ? name : `${name} · ${waits}`}
        aria-current={isShown ? 'page' : undefined}
        onClick={() => show(view)}
      >
        {icon}
        {children}
      </button>
    </Tooltip>
  );
}

/** The narrow rail that leads to the views there are. */
export function NavRail() {
  const t = useT('common');
  const count = useNeedsReply();
  const waiting = t('nav.needsReply', { count });
  const troubles = useOutbox((state) => state.total);
  const trouble = t('nav.trouble', { count: troubles });
  const stopped = useProxyTrouble();
  const proxyTrouble = t('nav.proxyTrouble', { count: stopped });
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      <NavButton
        view="panel"
        name={t('nav.panel')}
        waits={count > 0 ? waiting : null}
        icon={<IconMessage2 size={20} stroke={1.6} />}
      >
        <span className={styles.badge} aria-hidden>
          <CountBadge count={count} label={waiting} of="replies" />
        </span>
      </NavButton>
      <NavButton
        view="outbox"
        name={t('nav.outbox')}
        waits={troubles > 0 ? trouble : null}
        icon={<IconSend size={20} stroke={1.6} />}
      >
        <span className={styles.badge} aria-hidden>
          <CountBadge count={troubles} label={trouble} of="trouble" />
        </span>
      </NavButton>
      <NavButton
        view="proxies"
        name={t('nav.proxies')}
        waits={stopped > 0 ? proxyTrouble : null}
        icon={<IconWorld size={20} stroke={1.6} />}
      >
        <span className={styles.badge} aria-hidden>
          <CountBadge count={stopped} label={proxyTrouble} of="trouble" />
        </span>
      </NavButton>
      <span className={styles.space} />
      <NavButton
        view="settings"
        name={t('nav.settings')}
        waits={null}
        icon={<IconSettings size={20} stroke={1.6} />}
      />
    </nav>
  );
}
