import { Button, Loader } from '@mantine/core';
import { IconFileImport, IconWorldPin } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useMinute } from '../conversations/minute.ts';
import { useT } from '../i18n/i18n.ts';
import { EmptyState, ErrorState } from '../ui/states.tsx';
import { BoardQuestions } from './board-questions.tsx';
import { isNarrowed, showAllProxies, showScreen, useBoard } from './board-store.ts';
import { BoardTable } from './board-table.tsx';
import { BoardTools } from './board-tools.tsx';
import { buildBoard } from './board-model.ts';
import { ChecksStrip } from './checks-strip.tsx';
import { EditDrawer } from './edit-drawer.tsx';
import { EndsStrip } from './ends-strip.tsx';
import { loadProxies, useProxies } from './proxies-store.ts';
import { SelectionBar } from './selection-bar.tsx';
import { storeText } from './store-name.tsx';
import { useProxyError } from './words.ts';
import styles from './proxies-view.module.css';

function ImportButton() {
  const t = useT('proxies');
  return (
    <Button
      size="xs"
      leftSection={<IconFileImport size={15} aria-hidden />}
      onClick={() => showScreen('import')}
      data-testid="open-import"
    >
      {t('board.import')}
    </Button>
  );
}

function Again() {
  const t = useT('proxies');
  return (
    <Button variant="default" size="xs" onClick={() => void loadProxies()}>
      {t('action.retry')}
    </Button>
  );
}

function Nothing({ narrowed }: { readonly narrowed: boolean }) {
  const t = useT('proxies');
  const all = (
    <Button variant="default" size="xs" onClick={showAllProxies}>
      {t('empty.showAll')}
    </Button>
  );
  return (
    <EmptyState
      icon={<IconWorldPin size={28} stroke={1.5} />}
      title={t(narrowed ? 'empty.narrowed' : 'empty.title')}
      text={t(narrowed ? 'empty.narrowedText' : 'empty.text')}
      action={narrowed ? all : <ImportButton />}
    />
  );
}

function Body() {
  const t = useT('proxies');
  const errorText = useProxyError();
  const { proxies, loaded, error } = useProxies();
  const filter = useBoard((state) => state.filter);
  const sort = useBoard((state) => state.sort);
  const now = useMinute();
  const shown = useMemo(
    () => buildBoard(proxies, filter, sort, { now, storeText }),
    [proxies, filter, sort, now],
  );
  if (!loaded && error !== null)
    return <ErrorState title={t('board.failed')} text={errorText(error)} action={<Again />} />;
  if (!loaded)
    return (
      <div className={styles.loading} role="status" aria-label={t('board.loading')}>
        <Loader size={20} />
      </div>
    );
  if (shown.length === 0) return <Nothing narrowed={isNarrowed(filter)} />;
  return <BoardTable proxies={shown} />;
}

/** Every proxy: what it carries, whether it works, and when it ends. */
export function Board() {
  const t = useT('proxies');
  const errorText = useProxyError();
  const hasProxies = useProxies((state) => state.proxies.length > 0);
  const stale = useProxies((state) => (state.loaded ? state.error : null));
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('title')}</h1>
        <p className={styles.lead}>{t('board.lead')}</p>
        {hasProxies && <ImportButton />}
      </header>
      {hasProxies && <EndsStrip />}
      {hasProxies && <BoardTools />}
      <ChecksStrip />
      {stale !== null && (
        <p role="alert" className={styles.stale}>
          {t('board.stale', { reason: errorText(stale) })} <Again />
        </p>
      )}
      <div className={styles.body}>
        <Body />
      </div>
      <SelectionBar />
      <BoardQuestions />
      <EditDrawer />
    </>
  );
}
