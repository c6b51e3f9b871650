import { MantineProvider } from '@mantine/core';
import { useColorScheme, useLanguageSetting } from './appearance.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Screen } from './screen.tsx';
import { theme } from './theme.ts';

const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The whole page. */
export function App() {
  useLanguageSetting();
  const colorScheme = useColorScheme();
  return (
    <MantineProvider theme={theme} forceColorScheme={colorScheme} getStyleNonce={styleNonce}>
      <ErrorBoundary>
        <Screen />
      </ErrorBoundary>
    </MantineProvider>
  );
}
