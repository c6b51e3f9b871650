import type { ErrorShape } from '../base/errors.ts';
import type { Result } from '../base/result.ts';
import type { MessageView } from '../contract/models.ts';
import type { Enqueued } from './claims.ts';
import type { RunPage } from './page.ts';
import type { PlannedSend } from './texts.ts';
import type { Watch } from './watch.ts';

/** Rows of conversations that are written to side by side. */
const LANES = 4;
/** Before the same send is tried again. Milliseconds. */
const AGAIN_MS = 150;

/** What a page tries again by hand or by itself: the message may be stored or not. */
const PASSING = new Set<ErrorShape['code']>(['closed', 'timed-out', 'internal', 'unreachable', 'conflict']);

/** What a typist is given. */
export interface TypistParts {
  readonly page: RunPage;
  readonly sends: readonly PlannedSend[];
  /** Local ids of the conversations, by place. */
  readonly places: readonly number[];
  readonly watch: Watch;
  /** Messages that may be on their way at once. */
  readonly room: number;
  /** Told of every send that is stored. */
  onStored(stored: Enqueued): void;
}

/**
 * Enqueues every send as the page's composer does: one client id each, the same one again until it is known to be
 * stored, and never the next to a conversation before that. Ends early once `watch` is over.
 */
export async function typeAll(parts: TypistParts): Promise<void> {
  const { sends, watch, room } = parts;
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    sends.filter(({ place }) => place % LANES === lane),
  );
  await Promise.all(
    lanes.map(async (lane) => {
      for (const send of lane) {
        await watch.hasRoom(room);
        if (watch.over !== null) return;
        await typeOne(parts, send);
      }
    }),
  );
}

async function typeOne({ page, places, watch, onStored }: TypistParts, send: PlannedSend): Promise<void> {
  const conversationId = places[send.place];
  if (conversationId === undefined) throw new Error(`No conversation for place ${send.place}.`);
  const { seq, text } = send;
  const clientId = page.newId();
  const begunAt = Date.now();
  let anyway = false;
  watch.typing(seq, conversationId, clientId);
  while (watch.over === null) {
    const answer: Result<MessageView> = await page.call('outbox.send', {
      conversationId,
      clientId,
      text,
      begunAt,
      anyway,
    });
    if (answer.ok) {
      watch.stored(seq, answer.value);
      return onStored({ seq, clientId, conversationId, text });
    }
    const error: ErrorShape = answer.error;
    if (!PASSING.has(error.code)) throw new Error(`Send ${seq} was refused: ${JSON.stringify(error)}`);
    // "A colleague answered: send anyway?" Yes.
    anyway ||= error.code === 'conflict';
    watch.note(`send ${seq} again: ${error.code} ${error.message}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
