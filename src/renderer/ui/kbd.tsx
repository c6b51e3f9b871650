import styles from './kbd.module.css';

const isMac = (): boolean => /mac/i.test(navigator.platform);

/** The name of the main modifier on this computer. */
export const modifierName = (): string => (isMac() ? '⌘' : 'Ctrl');

/** Keys as on the keyboard, e.g. `['mod', 'P']`; `mod` is Ctrl, or ⌘ on a Mac. */
export function Kbd({ keys }: { readonly keys: readonly string[] }) {
  return (
    <kbd className={styles.kbd}>
      {keys.map((key) => (key === 'mod' ? modifierName() : key)).join(isMac() ? '' : ' ')}
    </kbd>
  );
}
