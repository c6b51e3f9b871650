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
  readonly label: string;
  readonly icon: ReactNode;
  readonly children?: ReactNode;
}

function NavButton({ view, label, icon, children }: NavButtonProps) {
  const { view: shown, show } = useView();
  return (
    <Tooltip label={label} position="right" withinPortal={false}>
      <button
        type="button"
        className={styles.button}
        aria-label={label}
        aria-current={shown === view ? 'page' : undefined}
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
        label={count > 0 ? `${t('nav.panel')} · ${waiting}` : t('nav.panel')}
        icon={<IconMessage2 size={20} stroke={1.6} />}
      >
        <span className={styles.badge} aria-hidden>
          <CountBadge count={count} label={waiting} of="replies" />
        </span>
      </NavButton>
      <NavButton
        view="outbox"
        label={troubles > 0 ? `${t('nav.outbox')} · ${trouble}` : t('nav.outbox')}
        icon={<IconSend size={20} stroke={1.6} />}
      >
        <span className={styles.badge} aria-hidden>
          <CountBadge count={troubles} label={trouble} of="trouble" />
        </span>
      </NavButton>
      <NavButton
        view="proxies"
        label={stopped > 0 ? `${t('nav.proxies')} · ${proxyTrouble}` : t('nav.proxies')}
        icon={<IconWorld size={20} stroke={1.6} />}
      >
        <span className={styles.badge} aria-hidden>
          <CountBadge count={stopped} label={proxyTrouble} of="trouble" />
        </span>
      </NavButton>
      <span className={styles.space} />
      <NavButton view="settings" label={t('nav.settings')} icon={<IconSettings size={20} stroke={1.6} />} />
    </nav>
  );
}
