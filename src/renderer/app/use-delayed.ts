import { useEffect, useState } from 'react';
import { clock } from '../client.ts';

/** React hook: true once `active` has lasted for `ms`. What passes sooner is never shown. */
export function useDelayed(active: boolean, ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const cancel = clock.after(ms, () => setLate(true));
    return () => {
      cancel();
      setLate(false);
    };
  }, [active, ms]);
  return active && late;
}
