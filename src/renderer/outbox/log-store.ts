import { create } from 'zustand';

/** What the log is looked through for. */
export interface LogSubject {
  readonly messageId: number | null;
  readonly storeId: number | null;
}

/** What the log drawer is open for; null while it is closed. */
export const useLogSubject = create<{ readonly subject: LogSubject | null }>(() => ({ subject: null }));

/** Opens the log drawer. */
export function showInLog(subject: LogSubject): void {
  useLogSubject.setState({ subject });
}

/** Closes the log drawer. */
export function closeLog(): void {
  useLogSubject.setState({ subject: null });
}
