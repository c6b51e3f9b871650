import { useEffect } from 'react';
import { listHold } from './conversations-store.ts';

interface PointerProps {
  readonly onPointerEnter: () => void;
  readonly onPointerLeave: () => void;
}

const pointer: PointerProps = {
  onPointerEnter: () => listHold.hold('pointer'),
  onPointerLeave: () => listHold.letGo('pointer'),
};
const keyUp = (): void => listHold.letGo('key');

/**
 * React hook: while the pointer is over the list, or the key held that walks through it, its rows stay in their places.
 * Answers what the list's box must have.
 */
export function useListHold(): PointerProps {
  useEffect(() => {
    window.addEventListener('keyup', keyUp);
    // A key let go in another window is not heard of here.
    window.addEventListener('blur', keyUp);
    return () => {
      window.removeEventListener('keyup', keyUp);
      window.removeEventListener('blur', keyUp);
      listHold.letGo('pointer');
      keyUp();
    };
  }, []);
  return pointer;
}
