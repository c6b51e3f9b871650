import type { ErrorShape } from '../base/errors.ts';
import type { Result } from '../base/result.ts';
import type { MessageView } from '../contract/models.ts';
import type { Enqueued } from './claims.ts';
import type { SentContent } from './contents.ts';
import type { Send } from './goods.ts';
import type { RunPage } from './page.ts';
import { pictureOf } from './pictures.ts';
import type { Place } from './places.ts';
import type { Watch } from './watch.ts';

/** Rows of conversations that are written to side by side. */
const LANES = 4;
/** Before the same send is tried again. Milliseconds. */
const AGAIN_MS = 150;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));

/** What a page tries again by hand or by itself: the message may be stored or not. */
const PASSING = new Set<ErrorShape['code']>(['closed', 'timed-out', 'internal', 'unreachable', 'conflict']);

/** What a typist is given. */
export interface TypistParts {
  readonly page: RunPage;
  readonly sends: readonly Send[];
  readonly places: readonly Place[];
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

interface Asked {
  readonly conversationId: number;
  readonly clientId: string;
  readonly begunAt: number;
  readonly anyway: boolean;
}

/** The picture goes to the host first, as often as it takes; whatever the host has it keeps. */
async function upload({ page, watch }: TypistParts, seq: number): Promise<void> {
  const picture = pictureOf(seq);
  while (watch.over === null) {
    const outcome = await page.upload(picture);
    if (outcome.ok) return;
    if (outcome.reason !== 'unreachable') throw new Error(`The picture of send ${seq} is ${outcome.reason}.`);
    watch.note(`picture ${seq} again`);
    await pause();
  }
}

/** Asks for it once. */
function ask({ page }: TypistParts, content: SentContent, asked: Asked): Promise<Result<MessageView>> {
  switch (content.kind) {
    case 'text':
      return page.call('outbox.send', { ...asked, text: content.text });
    case 'image':
      return page.call('outbox.sendImage', { ...asked, hash: content.hash });
    default: {
      const { kind, reference, code } = content;
      return page.call('outbox.sendCard', { ...asked, card: { kind, reference, code, title: null } });
    }
  }
}

async function typeOne(parts: TypistParts, { seq, place, content }: Send): Promise<void> {
  const { page, places, watch, onStored } = parts;
  const conversationId = places[place]?.id;
  if (conversationId === undefined) throw new Error(`No conversation for place ${place}.`);
  const clientId = page.newId();
  const begunAt = Date.now();
  let anyway = false;
  watch.typing(seq, conversationId, clientId);
  if (content.kind === 'image') await upload(parts, seq);
  while (watch.over === null) {
    const answer = await ask(parts, content, { conversationId, clientId, begunAt, anyway });
    if (answer.ok) {
      watch.stored(seq, answer.value);
      return onStored({ seq, clientId, conversationId, content });
    }
    const error: ErrorShape = answer.error;
    if (!PASSING.has(error.code)) throw new Error(`Send ${seq} was refused: ${JSON.stringify(error)}`);
    // "A colleague answered: send anyway?" Yes.
    anyway ||= error.code === 'conflict';
    watch.note(`send ${seq} again: ${error.code} ${error.message}`);
    await pause();
  }
}
