import { Loader } from '@mantine/core';
import { IconCircleCheck, IconRefreshAlert, IconWifiOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { StoreState } from '../../contract/models.ts';
import type { NetworkView } from '../../contract/network.ts';
import { useDelayed } from '../app/use-delayed.ts';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { useStores } from '../stores/stores-store.ts';
import { AwayLine } from './away-line.tsx';
import styles from './network-bar.module.css';
import { retryNetwork, useNetwork } from './network-store.ts';

/** A catch-up that is over before anybody could read of it is not spoken of. In milliseconds. */
const GRACE_MS = 400;

interface LineProps {
  readonly tone: 'warning' | 'danger' | 'good' | 'plain';
  readonly icon: ReactNode;
  readonly text: string;
  readonly button?: string;
}

function Line({ tone, icon, text, button }: LineProps) {
  return (
    <div className={styles.bar} data-tone={tone}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <span className={styles.text}>{text}</span>
      {button !== undefined && (
        <button type="button" className={styles.button} onClick={retryNetwork}>
          {button}
        </button>
      )}
    </div>
  );
}

const turning = <Loader size={12} color="currentColor" />;

function StateLine({ view }: { readonly view: NetworkView }) {
  const t = useT('network');
  switch (view.state) {
    case 'lost':
      return (
        <Line
          tone="danger"
          icon={<IconWifiOff size={15} stroke={1.9} />}
          text={t('bar.lost')}
          button={t('bar.tryNow')}
        />
      );
    case 'returning':
      return <Line tone="warning" icon={turning} text={t('bar.returning')} />;
    case 'catching-up': {
      const done = view.stores.filter(({ state }) => state === 'done').length;
      const text = t('bar.catchingUp', { done, count: view.stores.length });
      return <Line tone="warning" icon={turning} text={text} />;
    }
    case 'catch-up-failed':
      return (
        <Line
          tone="danger"
          icon={<IconRefreshAlert size={15} stroke={1.9} />}
          text={t('bar.failed')}
          button={t('bar.retry')}
        />
      );
    case 'online':
      return null;
  }
}

const cantBeRead: ReadonlySet<StoreState> = new Set(['unreachable', 'error']);

/** Counts as the rail does: a catch-up's own list is gone with its end. */
function BackLine() {
  const t = useT('network');
  const failed = useStores(({ stores }) => stores.filter(({ state }) => cantBeRead.has(state)).length);
  const text = failed === 0 ? t('bar.back') : t('bar.backBut', { count: failed });
  const icon = <IconCircleCheck size={15} stroke={1.9} />;
  return <Line tone={failed === 0 ? 'good' : 'warning'} icon={icon} text={text} />;
}

/**
 * Says how the network stands, over the head of the thread's messages: it lies over them and moves nothing. While the
 * page has no engine it is silent: what it knows is old, and the connection's own bar speaks.
 */
export function NetworkBar() {
  const { view, isBack } = useNetwork();
  const isConnected = client.useConnection(({ state }) => state === 'online');
  const state = view?.state ?? 'online';
  const isLong = useDelayed(state === 'catching-up' || state === 'returning', GRACE_MS);
  const shown = state === 'lost' || state === 'catch-up-failed' || isLong;
  return (
    <div className={styles.place}>
      <div role="status" data-testid="network-bar">
        {isConnected && view !== null && shown && <StateLine view={view} />}
        {isConnected && isBack && <BackLine />}
      </div>
      {isConnected && state === 'online' && view?.away != null && <AwayLine away={view.away} />}
    </div>
  );
}
