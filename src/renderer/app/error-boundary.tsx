import { Button, Group } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { ErrorState } from '../ui/states.tsx';

function Crash({ again }: { readonly again: () => void }) {
  const t = useT('common');
  return (
    <ErrorState
      title={t('crash.title')}
      text={t('crash.text')}
      action={
        <Group gap="xs">
          <Button onClick={again}>{t('crash.again')}</Button>
          <Button variant="default" onClick={() => location.reload()}>
            {t('action.reload')}
          </Button>
        </Group>
      }
    />
  );
}

/** Keeps the failure of a view inside it. Drafts live in the engine and in their store, not in what is drawn here. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Crash again={() => this.setState({ failed: false })} /> : this.props.children;
  }
}
