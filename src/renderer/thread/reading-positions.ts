import type { Result } from '../../base/result.ts';
import type { Clock } from '../../base/time.ts';
import type { ReadingPosition } from '../../contract/snapshots.ts';
import { sameJson } from '../panel/keep-same.ts';

const saveAfterMs = 500;

/** Where each conversation was last read. */
export interface ReadingPositions {
  /** Null: at its newest message. Where the engine can't be asked, so too. */
  of(conversationId: number): Promise<ReadingPosition | null>;
  /** Noted at once, saved a moment later. */
  note(conversationId: number, position: ReadingPosition): void;
  /** Saves now what is not saved yet. */
  flush(): void;
}

interface PositionsParts {
  readonly clock: Pick<Clock, 'after'>;
  readonly read: (conversationId: number) => Promise<Result<ReadingPosition | null>>;
  readonly save: (conversationId: number, position: ReadingPosition) => Promise<Result<null>>;
}

/** At the newest message without a line above any is what is taken for granted: it need not be stored. */
const isPlain = (position: ReadingPosition | null): boolean =>
  position === null || (position.atEnd && position.unreadFromId === null);

/** Remembers reading positions in the page and, a moment later, in the engine. */
export function createReadingPositions({ clock, read, save }: PositionsParts): ReadingPositions {
  const known = new Map<number, ReadingPosition | null>();
  const unsaved = new Map<number, ReadingPosition>();
  let cancel = (): void => {};

  const flush = (): void => {
    cancel();
    for (const [conversationId, position] of unsaved) {
      void save(conversationId, position).then((answer) => {
        // Of a lost connection the next change makes up; the page knows the position meanwhile.
        if (!answer.ok && answer.error.code === 'not-found') known.delete(conversationId);
      });
    }
    unsaved.clear();
  };
  return {
    async of(conversationId) {
      const position = known.get(conversationId);
      if (position !== undefined) return position;
      const answer = await read(conversationId);
      if (!answer.ok) return null;
      // Something may have been noted while the engine was asked.
      if (!known.has(conversationId)) known.set(conversationId, answer.value);
      return known.get(conversationId) ?? null;
    },
    note(conversationId, position) {
      const before = known.get(conversationId) ?? null;
      known.set(conversationId, position);
      if (sameJson(before, position) || (isPlain(before) && isPlain(position))) return;
      unsaved.set(conversationId, position);
      cancel();
      cancel = clock.after(saveAfterMs, flush);
    },
    flush,
  };
}
