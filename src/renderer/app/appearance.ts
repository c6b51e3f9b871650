import { useEffect, useSyncExternalStore } from 'react';
import { resolveLanguage, setLanguage } from '../i18n/i18n.ts';
import { useSettings } from '../settings/settings-store.ts';

const darkQuery = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

function onSchemeChange(listener: () => void): () => void {
  const query = darkQuery();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** React hook: light or dark, as the setting says; `system` follows the computer as it changes. */
export function useColorScheme(): 'light' | 'dark' {
  const theme = useSettings((state) => state.settings.theme);
  const systemIsDark = useSyncExternalStore(onSchemeChange, () => darkQuery().matches);
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** React hook: shows the page in the language of the setting. */
export function useLanguageSetting(): void {
  const setting = useSettings((state) => state.settings.language);
  useEffect(() => setLanguage(resolveLanguage(setting, navigator.languages)), [setting]);
}
