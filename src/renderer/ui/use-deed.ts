import { useState, type FormEvent } from 'react';
import type { ErrorShape } from '../../base/errors.ts';

/** React hook: what a dialog does when its button is pressed. If that worked, `close` is called; else it says why not. */
export function useDeed(
  close: () => void,
  deed: () => Promise<ErrorShape | null>,
): {
  readonly busy: boolean;
  readonly error: ErrorShape | null;
  readonly submit: (event: FormEvent) => void;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorShape | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    const failed = await deed();
    setBusy(false);
    setError(failed);
    if (failed === null) close();
  };
  return {
    busy,
    error,
    submit: (event) => {
      event.preventDefault();
      if (!busy) void run();
    },
  };
}
