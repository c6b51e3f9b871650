import { useEffect, useLayoutEffect, useState } from 'react';
import { openPicked } from '../attachments/picked.ts';
import type { ConversationRow } from '../../contract/models.ts';
import { client } from '../client.ts';
import { Composer } from '../composer/composer.tsx';
import { openUnsaved } from '../composer/unsaved.ts';
import { ConversationList } from '../conversations/conversation-list.tsx';
import { startConversations } from '../conversations/conversations-store.ts';
import { useRefreshKey } from '../conversations/use-refresh-key.ts';
import { startSelected, useSelected } from '../conversations/selected-store.ts';
import { useT } from '../i18n/i18n.ts';
import { NetworkBar } from '../network/network-bar.tsx';
import { ThreadHead } from '../thread/thread-head.tsx';
import { Thread } from '../thread/thread.tsx';
import { useConversationTranslation } from '../translation/conversation-translation.ts';
import { startAway } from './away.ts';
import { NoSelection } from './no-selection.tsx';
import { NoticeLine } from './notice-line.tsx';
import { openPanelSnapshot } from './panel-snapshot.ts';
import { usePanelKeys } from './use-panel-keys.ts';
import styles from './panel.module.css';

function Conversation() {
  const t = useT('panel');
  const row = useSelected((state) => state.row);
  if (row === null) return <NoSelection />;
  return (
    <section className={styles.conversation} aria-label={t('conversation')} data-testid="conversation">
      <Opened key={row.id} row={row} />
    </section>
  );
}

function Opened({ row }: { readonly row: ConversationRow }) {
  const translation = useConversationTranslation(row.id);
  return (
    <>
      <ThreadHead row={row} translation={translation} />
      <Thread conversation={row} />
      <Composer row={row} translation={translation} />
    </>
  );
}

/** The panel: the conversations of the stores chosen in the rail, and the one that is open. */
export function Panel() {
  const dataDir = client.useConnection((state) => state.info?.dataDir ?? '');
  const [opened, setOpened] = useState('');
  useLayoutEffect(() => {
    if (dataDir === '') return;
    // What the last page left behind may belong to another data folder, where the same ids mean other buyers.
    openUnsaved(dataDir);
    openPicked(dataDir);
    void openPanelSnapshot(dataDir).then(() => setOpened(dataDir));
  }, [dataDir]);
  return opened === '' ? null : <OpenPanel />;
}

function OpenPanel() {
  useEffect(() => startConversations(), []);
  useEffect(() => startSelected(), []);
  useEffect(() => startAway(), []);
  useRefreshKey();
  usePanelKeys();
  return (
    <div className={styles.panel} data-testid="panel">
      <div className={styles.list}>
        <ConversationList />
      </div>
      <div className={styles.thread}>
        <Conversation />
        <NoticeLine />
        <NetworkBar />
      </div>
    </div>
  );
}
