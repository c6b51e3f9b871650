import type { ErrorShape } from '../base/errors.ts';
import { sendOnce } from '../renderer/composer/send-once.ts';
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
        if (watch.over) return;
        await typeOne(parts, send);
      }
    }),
  );
}

async function typeOne({ page, places, watch, onStored }: TypistParts, send: PlannedSend): Promise<void> {
  const conversationId = places[send.place];
  if (conversationId === undefined) throw new Error(`No conversation for place ${send.place}.`);
  const attempt = { text: send.text, clientId: page.newId() };
  watch.typing(send.seq, conversationId, attempt.clientId);
  for (let tries = 0; !watch.over; tries += 1) {
    const earlier = tries === 0 ? null : attempt;
    const onStart = (): void => {};
    const outcome = await sendOnce({ call: page.call, conversationId, earlier, attempt, onStart });
    if (outcome.kind !== 'failed') {
      watch.stored(send.seq, outcome.message);
      return onStored({ seq: send.seq, clientId: attempt.clientId, conversationId, text: send.text });
    }
    const { error } = outcome;
    if (!PASSING.has(error.code)) throw new Error(`Send ${send.seq} was refused: ${JSON.stringify(error)}`);
    watch.note(`send ${send.seq} again: ${error.code} ${error.message}`);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
