import type { BrowserView } from '../../contract/browsers.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/i18n.ts';
import { useReason } from '../panel/reason.ts';
import { useBrowsers } from './browsers-store.ts';
import { signInKind } from './sign-in.ts';

/** React hook: what is known of a store's browser, a line each: the word, since when, what it shows, and how it is. */
export function useBrowserLines(): (view: BrowserView) => readonly string[] {
  const t = useT('browsers');
  const format = useFormat();
  const reason = useReason();
  return (view) => {
    const { signIn, state, error, shop } = view;
    const word = t(`status.${signIn.status}`);
    const lines =
      signIn.since === null || signIn.status === 'unknown'
        ? [t('line.status', { word })]
        : [t('line.since', { word, at: format.full(signIn.since) })];
    if (shop.proof === 'other') lines.unshift(t('line.other-shop'));
    lines.push(
      signIn.checkedAt === null
        ? t('line.neverChecked')
        : t('line.checked', { at: format.full(signIn.checkedAt) }),
    );
    if (error !== null && signInKind(view) !== 'other-shop') {
      lines.push(t('line.trouble', { reason: reason(error) }));
    }
    if (state !== 'closed') lines.push(t(`state.${state}`));
    return lines;
  };
}

/** React hook: the same for one store; empty while nothing is known of its browser. */
export function useStoreBrowserLines(storeId: number): readonly string[] {
  const lines = useBrowserLines();
  const view = useBrowsers((state) => state.byStore.get(storeId));
  return view === undefined ? [] : lines(view);
}
