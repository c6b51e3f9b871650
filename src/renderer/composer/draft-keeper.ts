import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { Draft } from '../../contract/drafts.ts';
import { forgetUnsaved, keepUnsaved, unsavedOf, type Attempt, type Earlier } from './unsaved.ts';

/** After the last key. */
const saveAfterMs = 300;
/** After the first key that is not saved, however fast one types on. */
const saveLatestMs = 800;

export interface DraftKeeper {
  /** The text now in the field, as last told. */
  text(): string;
  /** When its first letter was typed, UTC milliseconds; null while there is none, or nobody knows. */
  begunAt(): number | null;
  /** A stored draft found only after the person had begun to type: offered, and saved above the text meanwhile. */
  earlier(): string | null;
  attempt(): Attempt | null;
  /** The field changed, by hand or by us. Kept at once in the page, saved by the engine a moment later. */
  changed(text: string): void;
  /** What is in the field was begun now: the one before it is sent. */
  begin(): void;
  /** The offered draft goes above the text. */
  insertEarlier(): void;
  /** The offered draft is not wanted. */
  dropEarlier(): void;
  /** Reads what the engine has. It replaces a text nobody touched meanwhile, where `mayReplace` says so. */
  read(opening: boolean, mayReplace: () => boolean): Promise<void>;
  /** Takes up after opening: saves what is not saved, else reads what is stored. */
  open(): void;
  /** A send is under way, or is over. */
  setAttempt(attempt: Attempt | null): void;
  /** Saves now what is not saved yet. */
  flush(): void;
  /** Hears of every change of the text or of the offered draft; the returned function ends it. */
  watch(listener: () => void): () => void;
}

interface KeeperParts {
  readonly conversationId: number;
  readonly clock: Clock;
  readonly read: (conversationId: number) => Promise<Result<Draft | null>>;
  readonly save: (
    conversationId: number,
    text: string,
    begunAt: number | null,
  ) => Promise<Result<Draft | null>>;
}

/** One text above the other, with a line break; an empty one leaves no line. */
export function joinTexts(above: string, below: string): string {
  return above === '' || below === '' ? above + below : `${above}\n${below}`;
}

/** One conversation's text as the page holds it. */
class Keeper implements DraftKeeper {
  readonly #parts: KeeperParts;
  readonly #watchers = new Set<() => void>();
  #text: string;
  #begunAt: number | null;
  #earlier: Earlier | null;
  #attempt: Attempt | null;
  /** Something is not known to be stored by the engine: what is stored there is older. */
  #dirty: boolean;
  /** What was typed was typed by someone who had the stored draft before them: it may be saved over it. */
  #known: boolean;
  /** What the engine is known to hold. */
  #stored = '';
  /** Counts up with every change, so that an answer can be told to be older than one. */
  #version = 0;
  #unsavedSince: number | null = null;
  #cancel = (): void => {};

  constructor(parts: KeeperParts) {
    const left = unsavedOf(parts.conversationId);
    this.#parts = parts;
    this.#text = left?.text ?? '';
    this.#begunAt = left?.begunAt ?? null;
    this.#earlier = left?.earlier ?? null;
    this.#attempt = left?.attempt ?? null;
    this.#dirty = left !== null;
    this.#known = left?.known ?? false;
  }

  readonly text = (): string => this.#text;
  readonly begunAt = (): number | null => this.#begunAt;
  readonly earlier = (): string | null => this.#earlier?.text ?? null;
  readonly attempt = (): Attempt | null => this.#attempt;
  readonly flush = (): void => void this.#saveNow();

  begin(): void {
    if (this.#text !== '') this.#begunAt = this.#parts.clock.now();
  }

  changed(next: string): void {
    if (next === this.#text) return;
    if (next === '') this.#begunAt = null;
    else if (this.#text === '') this.#begunAt = this.#parts.clock.now();
    this.#text = next;
    this.#touched();
  }

  insertEarlier(): void {
    if (this.#earlier === null) return;
    this.#begunAt = this.#earlier.begunAt;
    this.#text = this.#whole();
    this.#earlier = null;
    this.#touched();
  }

  dropEarlier(): void {
    this.#earlier = null;
    this.#touched();
  }

  open(): void {
    if (this.#dirty && this.#known) this.flush();
    else void this.read(true, () => true).then(this.flush);
  }

  async read(opening: boolean, mayReplace: () => boolean): Promise<void> {
    const version = this.#version;
    const wasKnown = this.#known;
    const before = this.#stored;
    const answer = await this.#parts.read(this.#parts.conversationId);
    if (!answer.ok) return;
    const found: Earlier = { text: answer.value?.text ?? '', begunAt: answer.value?.begunAt ?? null };
    if (this.#version !== version || this.#dirty) {
      // Someone was quicker than this answer: what they typed stays, and the draft is offered.
      const isNews = this.#known ? opening && found.text !== before && found.text !== this.#stored : true;
      this.#known = true;
      if (isNews) this.#offer(found);
      return;
    }
    if (found.text !== this.#whole()) {
      if (wasKnown && !mayReplace()) return;
      this.#text = found.text;
      this.#begunAt = found.begunAt;
      this.#earlier = null;
    }
    this.#stored = found.text;
    this.#known = true;
    this.#tell();
  }

  setAttempt(next: Attempt | null): void {
    this.#attempt = next;
    if (next !== null || this.#dirty) this.#keep();
    else forgetUnsaved(this.#parts.conversationId);
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  /** What the engine is to hold: the offered draft too, so that leaving loses neither. */
  #whole(): string {
    return joinTexts(this.#earlier?.text ?? '', this.#text);
  }

  #offer(found: Earlier): void {
    this.#stored = found.text;
    if (found.text === '' || found.text === this.#text || found.text === this.#whole()) return;
    this.#earlier = { ...found, text: joinTexts(this.#earlier?.text ?? '', found.text) };
    this.#touched();
  }

  #touched(): void {
    this.#version += 1;
    this.#dirty = true;
    this.#keep();
    this.#cancel();
    const { clock } = this.#parts;
    const now = clock.now();
    this.#unsavedSince ??= now;
    const waitMs = Math.min(saveAfterMs, Math.max(0, this.#unsavedSince + saveLatestMs - now));
    this.#cancel = clock.after(waitMs, this.flush);
    this.#tell();
  }

  #keep(): void {
    keepUnsaved(this.#parts.conversationId, {
      text: this.#text,
      begunAt: this.#begunAt,
      attempt: this.#attempt,
      earlier: this.#earlier,
      known: this.#known,
    });
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }

  async #saveNow(): Promise<void> {
    this.#cancel();
    if (!this.#dirty) return;
    // Saved only once it is known over what.
    if (!this.#known) await this.read(true, () => true);
    if (!this.#known || !this.#dirty) return;
    this.#cancel();
    this.#unsavedSince = null;
    const saving = this.#whole();
    const { conversationId, save } = this.#parts;
    const answer = await save(conversationId, saving, this.#earlier?.begunAt ?? this.#begunAt);
    if (!answer.ok) return;
    this.#stored = saving;
    if (this.#whole() !== saving) return;
    this.#dirty = false;
    if (this.#attempt === null) forgetUnsaved(conversationId);
  }
}

/** Keeps one conversation's text from being lost: in the page's session at once, in the engine after a short pause. */
export function createDraftKeeper(parts: KeeperParts): DraftKeeper {
  return new Keeper(parts);
}
