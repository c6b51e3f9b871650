import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { Draft } from '../../contract/drafts.ts';
import { forgetUnsaved, keepUnsaved, unsavedOf, type Attempt } from './unsaved.ts';

/** After the last key. */
const saveAfterMs = 300;
/** After the first key that is not saved, however fast one types on. */
const saveLatestMs = 800;

export interface DraftKeeper {
  /** The text now in the field, as last told. */
  text(): string;
  /** When its first letter was typed, UTC milliseconds; null while there is none, or nobody knows. */
  begunAt(): number | null;
  attempt(): Attempt | null;
  /** Something is not known to be stored by the engine: what is stored there is older. */
  dirty(): boolean;
  /** Counts up with every change, so that an answer can be told to be older than one. */
  version(): number;
  /** The field changed, by hand or by us. Kept at once in the page, saved by the engine a moment later. */
  changed(text: string): void;
  /** What is in the field was begun now: the one before it is sent. */
  begin(): void;
  /** The field now shows what the engine has stored. */
  adopt(text: string, begunAt: number | null): void;
  /** A send is under way, or is over. */
  setAttempt(attempt: Attempt | null): void;
  /** Saves now what is not saved yet. */
  flush(): void;
}

interface KeeperParts {
  readonly conversationId: number;
  readonly clock: Clock;
  readonly save: (
    conversationId: number,
    text: string,
    begunAt: number | null,
  ) => Promise<Result<Draft | null>>;
}

/** Keeps one conversation's text from being lost: in the page's session at once, in the engine after a short pause. */
export function createDraftKeeper({ conversationId, clock, save }: KeeperParts): DraftKeeper {
  const left = unsavedOf(conversationId);
  let text = left?.text ?? '';
  let begunAt = left?.begunAt ?? null;
  let unsavedSince: number | null = null;
  let attempt = left?.attempt ?? null;
  let dirty = left !== null;
  let version = 0;
  let cancel = (): void => {};

  const keep = (): void => keepUnsaved(conversationId, { text, begunAt, attempt });

  async function saveNow(): Promise<void> {
    cancel();
    if (!dirty) return;
    unsavedSince = null;
    const saving = text;
    const answer = await save(conversationId, saving, begunAt);
    if (!answer.ok || text !== saving) return;
    dirty = false;
    if (attempt === null) forgetUnsaved(conversationId);
  }

  return {
    text: () => text,
    begunAt: () => begunAt,
    attempt: () => attempt,
    dirty: () => dirty,
    version: () => version,
    begin() {
      if (text !== '') begunAt = clock.now();
    },
    adopt(stored, at) {
      text = stored;
      begunAt = at;
    },
    changed(next) {
      if (next === text) return;
      if (next === '') begunAt = null;
      else if (text === '') begunAt = clock.now();
      text = next;
      version += 1;
      dirty = true;
      keep();
      cancel();
      const now = clock.now();
      unsavedSince ??= now;
      const waitMs = Math.min(saveAfterMs, Math.max(0, unsavedSince + saveLatestMs - now));
      cancel = clock.after(waitMs, () => void saveNow());
    },
    setAttempt(next) {
      attempt = next;
      if (next !== null || dirty) keep();
      else forgetUnsaved(conversationId);
    },
    flush: () => void saveNow(),
  };
}
