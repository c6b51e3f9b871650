import { useT } from '../i18n/i18n.ts';
import type { ShownState } from './shown-state.ts';
import styles from './store-state.module.css';

/**
 * One shape a state, told apart without colour: disc, ring, triangle, pause bars, diamond, cross, dashes, line; for
 * proxies an hourglass, a struck-out circle and an empty box.
 */
const shapes: Record<ShownState, { readonly tone: string; readonly path: string; readonly filled: boolean }> =
  {
    online: { tone: 'good', path: 'M6 2.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7z', filled: true },
    'first-read': { tone: 'quiet', path: 'M6 2a4 4 0 1 1-4 4', filled: false },
    unreachable: { tone: 'warning', path: 'M6 1.8 10.8 10H1.2z', filled: false },
    limited: { tone: 'warning', path: 'M4 2v8M8 2v8', filled: false },
    'sign-in': { tone: 'danger', path: 'M6 1l5 5-5 5-5-5z', filled: true },
    'proxy-ended': { tone: 'danger', path: 'M3 1.8h6L3 10.2h6z', filled: false },
    'proxy-disabled': {
      tone: 'warning',
      path: 'M6 1.8a4.2 4.2 0 1 1 0 8.4 4.2 4.2 0 0 1 0-8.4zM3.1 8.9l5.8-5.8',
      filled: false,
    },
    'proxy-required': { tone: 'danger', path: 'M2.2 2.2h7.6v7.6H2.2z', filled: false },
    unknown: { tone: 'quiet', path: 'M2.5 6h2M7.5 6h2', filled: false },
    offline: { tone: 'warning', path: 'M2.5 6h7', filled: false },
    'catching-up': { tone: 'warning', path: 'M6 2a4 4 0 1 1-4 4', filled: false },
    error: { tone: 'danger', path: 'M2.2 2.2l7.6 7.6M9.8 2.2l-7.6 7.6', filled: false },
  };

/** React hook: a store's state in a word or two. */
export function useStoreStateWord(): (state: ShownState) => string {
  const t = useT('stores');
  return (state) => t(`state.${state}`);
}

/** A store's state as a shape; the word is its tooltip and its name for screen readers. */
export function StoreStateMark({ state }: { readonly state: ShownState }) {
  const word = useStoreStateWord()(state);
  const { tone, path, filled } = shapes[state];
  return (
    <svg
      className={styles.mark}
      data-tone={tone}
      data-state={state}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      role="img"
      aria-label={word}
    >
      <title>{word}</title>
      <path
        d={path}
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth={filled ? 0 : 1.8}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}

/** A store's state as a shape and its word beside it. */
export function StoreStateLine({ state }: { readonly state: ShownState }) {
  const word = useStoreStateWord()(state);
  return (
    <span className={styles.line} data-tone={shapes[state].tone}>
      <span aria-hidden>
        <StoreStateMark state={state} />
      </span>
      {word}
    </span>
  );
}
