import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { Draft } from '../../contract/drafts.ts';
import { forgetUnsaved, keepUnsaved, unsavedOf, type Attempt } from './unsaved.ts';

const saveAfterMs = 300;

export interface DraftKeeper {
  /** The text now in the field, as last told. */
  text(): string;
  attempt(): Attempt | null;
  /** Something is not known to be stored by the engine: what is stored there is older. */
  dirty(): boolean;
  /** Counts up with every change, so that an answer can be told to be older than one. */
  version(): number;
  /** The field changed, by hand or by us. Kept at once in the page, saved by the engine a moment later. */
  changed(text: string): void;
  /** The field now shows what the engine has stored. */
  adopt(text: string): void;
  /** A send is under way, or is over. */
  setAttempt(attempt: Attempt | null): void;
  /** Saves now what is not saved yet. */
  flush(): void;
}

interface KeeperParts {
  readonly conversationId: number;
  readonly clock: Clock;
  readonly save: (conversationId: number, text: string) => Promise<Result<Draft | null>>;
}

/** Keeps one conversation's text from being lost: in the page's session at once, in the engine after a short pause. */
export function createDraftKeeper({ conversationId, clock, save }: KeeperParts): DraftKeeper {
  const left = unsavedOf(conversationId);
  let text = left?.text ?? '';
  let attempt = left?.attempt ?? null;
  let dirty = left !== null;
  let version = 0;
  let cancel = (): void => {};

  const keep = (): void => keepUnsaved(conversationId, { text, attempt });

  async function saveNow(): Promise<void> {
    cancel();
    if (!dirty) return;
    const saving = text;
    const answer = await save(conversationId, saving);
    if (!answer.ok || text !== saving) return;
    dirty = false;
    if (attempt === null) forgetUnsaved(conversationId);
  }

  return {
    text: () => text,
    attempt: () => attempt,
    dirty: () => dirty,
    version: () => version,
    adopt(stored) {
      text = stored;
    },
    changed(next) {
      if (next === text) return;
      text = next;
      version += 1;
      dirty = true;
      keep();
      cancel();
      cancel = clock.after(saveAfterMs, () => void saveNow());
    },
    setAttempt(next) {
      attempt = next;
      if (next !== null || dirty) keep();
      else forgetUnsaved(conversationId);
    },
    flush: () => void saveNow(),
  };
}
