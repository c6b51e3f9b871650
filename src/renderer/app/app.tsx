import { MantineProvider, type MantineColorSchemeManager } from '@mantine/core';
import { useColorScheme, useLanguageSetting } from './appearance.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Screen } from './screen.tsx';
import { theme } from './theme.ts';

const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** The theme is one of our settings: Mantine keeps none of its own, and starts with the one it is given. */
const givenScheme: MantineColorSchemeManager = {
  get: (scheme) => scheme,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};

/** The whole page. */
export function App() {
  useLanguageSetting();
  const colorScheme = useColorScheme();
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={givenScheme}
      defaultColorScheme={colorScheme}
      forceColorScheme={colorScheme}
      getStyleNonce={styleNonce}
    >
      <ErrorBoundary>
        <Screen />
      </ErrorBoundary>
    </MantineProvider>
  );
}
