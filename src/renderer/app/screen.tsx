import { client } from '../client.ts';
import { useSettings } from '../settings/settings-store.ts';
import { ConnectionBar } from './connection-bar.tsx';
import { NoSessionPage, StartFailedPage, StartingPage } from './failure-pages.tsx';
import { Frame } from './frame.tsx';
import styles from './screen.module.css';
import { useSpaceSwitch } from './space.ts';
import { SwitchPage } from './switch-page.tsx';

/** What the page shows: the frame, and over it what keeps it from being used. The frame stays as it was beneath. */
export function Screen() {
  const { state, reason, info } = client.useConnection();
  const loaded = useSettings((settings) => settings.loaded);
  const switching = useSpaceSwitch((space) => space.to !== null);
  const ready = info !== null && loaded;

  const page = switching ? (
    <SwitchPage />
  ) : state === 'no-session' ? (
    <NoSessionPage />
  ) : state === 'start-failed' ? (
    <StartFailedPage reason={reason ?? 'other'} />
  ) : ready ? null : (
    <StartingPage />
  );

  return (
    <>
      {ready && (
        <div className={styles.layer} inert={page !== null}>
          <Frame info={info} />
        </div>
      )}
      {page === null ? <ConnectionBar /> : <div className={styles.over}>{page}</div>}
    </>
  );
}
