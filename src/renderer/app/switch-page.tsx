import { Button, Group, Loader } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { useErrorText } from '../ui/error-text.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { forgetSwitch, switchSpace, useSpaceSwitch } from './space.ts';

/** Shown while the other data folder is being opened, and when that failed. */
export function SwitchPage() {
  const t = useT('first-run');
  const errorText = useErrorText();
  const { to, error } = useSpaceSwitch();
  if (to === null) return null;
  if (error === null) {
    return (
      <div role="status" style={{ height: '100%' }}>
        <EmptyState
          icon={<Loader size={22} />}
          title={t(`switch.${to}.title`)}
          text={t(`switch.${to}.text`)}
        />
      </div>
    );
  }
  return (
    <ErrorState
      title={t(`switch.${to}.failed`)}
      text={error.code === 'unreachable' ? t(`switch.${to}.unreachable`) : errorText(error)}
      action={
        <Group gap="xs">
          <Button onClick={() => void switchSpace(to)}>{t('action.retry')}</Button>
          <Button variant="default" onClick={forgetSwitch}>
            {t('action.back')}
          </Button>
        </Group>
      }
    />
  );
}
