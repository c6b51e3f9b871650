import type { KeyboardEvent, MouseEvent } from 'react';
import { useT } from '../i18n/i18n.ts';
import { openBrowser } from './browsers-actions.ts';
import { useBrowsers } from './browsers-store.ts';
import { SignInIcon } from './sign-in-icon.tsx';
import { isNew, signInKind } from './sign-in.ts';
import styles from './sign-in-mark.module.css';
import { useBrowserLines } from './sign-in-words.ts';

/**
 * How a store's sign-in is, on its line of the rail: loud where it waits for a person; where nobody knows, faint at the
 * corner of the platform's mark, where it takes no room, and of a store nobody ever signed in to only when its line is
 * pointed at; nothing where all is well. A click opens the store's browser; by keyboard the line's menu does.
 */
export function SignInMark({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const lines = useBrowserLines();
  const view = useBrowsers((state) => state.byStore.get(storeId));
  if (view === undefined) return null;
  const kind = signInKind(view);
  // The dot of an open browser has the faint mark's place.
  if (kind === 'signed-in' || (kind === 'unknown' && view.state !== 'closed')) return null;
  const open = (event: MouseEvent): void => {
    event.stopPropagation();
    void openBrowser(storeId);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.mark}
      data-kind={kind}
      data-new={isNew(view)}
      data-testid="sign-in-mark"
      aria-label={t('mark.label', { word: t(`status.${kind}`) })}
      title={[...lines(view), t('mark.open')].join('\n')}
      onClick={open}
      onKeyDown={(event: KeyboardEvent) => event.stopPropagation()}
    >
      <SignInIcon kind={kind} size={kind === 'unknown' ? 12 : 15} />
    </button>
  );
}

/** At the corner of the platform's mark: the store's browser is open, opening, or asleep; nothing while it is closed. */
export function BrowserDot({ storeId }: { readonly storeId: number }) {
  const t = useT('browsers');
  const state = useBrowsers(({ byStore }) => byStore.get(storeId)?.state ?? 'closed');
  if (state === 'closed') return null;
  return (
    <span
      className={styles.dot}
      data-state={state}
      role="img"
      aria-label={t(`state.${state}`)}
      data-testid="browser-dot"
    />
  );
}
