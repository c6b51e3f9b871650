import { Button, Loader } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { client } from '../client.ts';
import { useT } from '../i18n/i18n.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import type { StartFailure } from '../../wire/host-link.ts';
import { askHostAgain } from './hosts.ts';
import { useDelayed } from './use-delayed.ts';

/** Before the first answer; empty at first, since it usually takes no time at all. */
export function StartingPage() {
  const t = useT('common');
  const late = useDelayed(true, 1_000);
  return late ? <EmptyState icon={<Loader size={22} />} title={t('connection.starting')} /> : null;
}

/** The page was opened without the address the host printed, or the host no longer knows it. */
export function NoSessionPage() {
  const t = useT('common');
  return (
    <EmptyState
      icon={<IconLock size={26} stroke={1.6} />}
      title={t('noSession.title')}
      text={t('noSession.text')}
    />
  );
}

/** The engine refuses to start: why, and what to do. */
export function StartFailedPage({ reason }: { readonly reason: StartFailure }) {
  const t = useT('common');
  return (
    <ErrorState
      title={t(`startFailed.${reason}.title`)}
      text={t(`startFailed.${reason}.text`)}
      action={<Button onClick={() => askHostAgain(client.retryNow)}>{t('action.retry')}</Button>}
    />
  );
}
