import { useState, type FormEvent } from 'react';
import type { ErrorShape } from '../../base/errors.ts';
import { closeQuestion } from './questions-store.ts';

/** React hook: what a dialog does when its button is pressed. It closes if that worked, and else says why not. */
export function useDeed(deed: () => Promise<ErrorShape | null>): {
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
    if (failed === null) closeQuestion();
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
