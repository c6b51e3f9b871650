import { useEffect, useState } from 'react';
import type { SystemInfo } from '../../contract/system.ts';
import { DataBars } from '../backups/data-bars.tsx';
import { BrowserDialogs } from '../browsers/browser-dialogs.tsx';
import { FirstRun } from '../first-run/first-run.tsx';
import { useT } from '../i18n/i18n.ts';
import { LogDrawer } from '../outbox/log-drawer.tsx';
import { OutboxView } from '../outbox/outbox-view.tsx';
import { StoreAlerts } from '../outbox/store-alerts.tsx';
import { Panel } from '../panel/panel.tsx';
import { BindDialog } from '../proxies/bind-dialog.tsx';
import { HistoryDrawer } from '../proxies/history-drawer.tsx';
import { ProxiesView } from '../proxies/proxies-view.tsx';
import { SettingsView } from '../settings/settings-view.tsx';
import { StoreJump } from '../stores/store-jump.tsx';
import { StoresRail } from '../stores/stores-rail.tsx';
import { useStores } from '../stores/stores-store.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import styles from './frame.module.css';
import { NavRail } from './nav-rail.tsx';
import { PracticeBar } from './practice-bar.tsx';
import { useWindowTitle } from './use-window-title.ts';
import { useView } from './views.ts';

/** Ctrl or Cmd with P opens the jump dialog from anywhere. */
function useJumpKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      if (event.key.toLowerCase() !== 'p') return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}

/** Bars, the rail that leads to the views, and the view itself. The panel stays, drawn and kept up to date, beneath the others. */
export function Frame({ info }: { readonly info: SystemInfo }) {
  const t = useT('common');
  const { view, show } = useView();
  const [jumping, setJumping] = useState(false);
  const [openJump] = useState(() => () => setJumping(true));
  const empty = useStores((state) => state.loaded && state.stores.length === 0) && info.space === 'real';
  useWindowTitle(info.space);
  useJumpKey(openJump);
  return (
    <div className={styles.frame}>
      {info.space === 'practice' && <PracticeBar />}
      <DataBars />
      <div className={styles.body}>
        <NavRail />
        <main className={styles.view}>
          <div className={styles.kept} data-shown={view === 'panel'} inert={view !== 'panel'}>
            <ErrorBoundary>
              {empty ? (
                <FirstRun />
              ) : (
                <>
                  <h1 className="visually-hidden">{t('nav.panel')}</h1>
                  <StoresRail onJump={openJump} />
                  <div className={styles.column}>
                    <StoreAlerts />
                    <Panel />
                  </div>
                </>
              )}
            </ErrorBoundary>
          </div>
          {view === 'outbox' && (
            <ErrorBoundary>
              <OutboxView />
            </ErrorBoundary>
          )}
          {view === 'proxies' && (
            <ErrorBoundary>
              <ProxiesView />
            </ErrorBoundary>
          )}
          {view === 'settings' && (
            <ErrorBoundary>
              <SettingsView info={info} />
            </ErrorBoundary>
          )}
        </main>
      </div>
      <LogDrawer />
      <BindDialog />
      <BrowserDialogs />
      <HistoryDrawer />
      {!empty && (
        <StoreJump opened={jumping} onClose={() => setJumping(false)} onJumped={() => show('panel')} />
      )}
    </div>
  );
}
