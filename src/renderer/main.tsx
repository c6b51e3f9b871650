import '@fontsource-variable/inter';
import '@fontsource-variable/noto-sans-thai';
import '@mantine/core/styles.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { listenForPorts } from './app/electron-host.ts';
import { watchSpace } from './app/space.ts';
import { startBackups } from './backups/backups-store.ts';
import { startBrowsers } from './browsers/start-browsers.ts';
import { client } from './client.ts';
import { resolveLanguage, startI18n } from './i18n/i18n.ts';
import { startNetwork } from './network/network-store.ts';
import { startOutbox } from './outbox/outbox-store.ts';
import { startProxies } from './proxies/start-proxies.ts';
import { startSettings, useSettings } from './settings/settings-store.ts';
import { startStores } from './stores/stores-store.ts';
import { trackCompositions } from './ui/ime.ts';

startI18n(resolveLanguage(useSettings.getState().settings.language, navigator.languages));
trackCompositions(document);
listenForPorts(() => client.retryNow());
watchSpace();
startSettings();
startStores();
startBackups();
startNetwork();
startOutbox();
startProxies();
startBrowsers();
client.start();
// The person may open the printed address in this very tab: only its fragment changes then.
window.addEventListener('hashchange', () => client.retryNow());

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
