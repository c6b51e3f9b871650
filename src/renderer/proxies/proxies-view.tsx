import { useRef } from 'react';
import { useT } from '../i18n/i18n.ts';
import { useFocusStays } from '../ui/use-focus-stays.ts';
import { Board } from './board.tsx';
import { useBoard } from './board-store.ts';
import { ImportView } from './import/import-view.tsx';
import styles from './proxies-view.module.css';

/** The team's proxies: the board of them, or the window that takes in a list. */
export function ProxiesView() {
  const t = useT('proxies');
  const screen = useBoard((state) => state.screen);
  const place = useRef<HTMLElement>(null);
  useFocusStays(place, '[role=grid]');
  return (
    <section ref={place} tabIndex={-1} className={styles.view} aria-label={t('title')} data-testid="proxies">
      {screen === 'import' ? <ImportView /> : <Board />}
    </section>
  );
}
