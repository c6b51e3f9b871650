import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { TranslationView } from '../../contract/translation-models.ts';
import type { MessagePage } from '../../contract/messages.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { History } from './history.ts';
import { prepareThread, type MessageRow } from './queries.ts';
import { fromCursor } from './sort-key.ts';
import { toMessageView } from './view.ts';

/** Pages asked from a platform for one call of a page; its next scroll asks for more. */
const PAGES_PER_CALL = 5;

type PageInput = HandlerInput<'messages.page'>;

/** What reading a thread sets off, and what it asks. */
export interface ThreadNeeds {
  /** A page shows these messages: their pictures are wanted. */
  shown(rows: readonly MessageRow[]): void;
  /** A page shows a conversation of which nothing was read yet. */
  empty(conversationId: number): void;
  /** What is known of the messages' translations. */
  translationsOf(rows: readonly MessageRow[]): readonly (TranslationView | null)[];
  /** Why an own message can't be looked for; null: it can, or is not. */
  readErrorOf(row: MessageRow): ErrorShape | null;
}

/** `messages.page`. */
export function createMessages(
  parts: Pick<EngineParts, 'db'>,
  ledger: Ledger,
  history: History,
  needs: ThreadNeeds,
): Feature<'messages.page'> {
  const thread = prepareThread(parts.db);

  const readAround = (conversationId: number, messageId: number, limit: number): MessageRow[] => {
    const row = thread.byId.get(messageId);
    if (row === undefined || row.conversation_id !== conversationId || row.visible === 0)
      return thread.latest.all(conversationId, limit).reverse();
    const from = thread.from.all(conversationId, row.sort_at, row.sort_seq, row.id, Math.ceil(limit / 2));
    const older = thread.before.all(conversationId, row.sort_at, row.sort_seq, row.id, limit - from.length);
    return [...older.reverse(), ...from];
  };

  /** Oldest first. */
  const read = ({ conversationId, at, limit }: PageInput): MessageRow[] => {
    if (at.kind === 'latest') return thread.latest.all(conversationId, limit).reverse();
    if (at.kind === 'around') return readAround(conversationId, at.messageId, limit);
    const { sortAt, sortSeq, id } = fromCursor(at.cursor);
    const rows = thread[at.kind].all(conversationId, sortAt, sortSeq, id, limit);
    return at.kind === 'before' ? rows.reverse() : rows;
  };

  const isThere = (side: 'before' | 'after', row: MessageRow): boolean =>
    thread[side].get(row.conversation_id, row.sort_at, row.sort_seq, row.id, 1) !== undefined;

  const readOlder = async (input: PageInput): Promise<ErrorShape | null> => {
    try {
      for (let page = 0; page < PAGES_PER_CALL && read(input).length < input.limit; page += 1) {
        if (!(await history.older(input.conversationId))) break;
      }
      return null;
    } catch (error) {
      return toErrorShape(error);
    }
  };

  const toPage = (input: PageInput, error: ErrorShape | null): MessagePage => {
    const { conversationId } = input;
    const rows = read(input);
    const [first, last] = [rows[0], rows.at(-1)];
    const stored = thread.count.get(conversationId) ?? 0;
    const { history_complete: isComplete, unread } = ledger.get(conversationId);
    // Of an empty stretch only the far side is known: whatever is stored lies on the near one.
    const hasOlder =
      first === undefined ? input.at.kind !== 'before' && stored > 0 : isThere('before', first);
    const hasNewer = last === undefined ? input.at.kind === 'before' && stored > 0 : isThere('after', last);
    needs.shown(rows);
    const translations = needs.translationsOf(rows);
    return {
      messages: rows.map((row, index) => ({
        ...toMessageView(row, needs.readErrorOf(row)),
        translation: translations[index] ?? null,
      })),
      reachedStart: isComplete === 1 && !hasOlder,
      reachedEnd: !hasNewer,
      stored,
      unread,
      error,
    };
  };

  const page = async (input: PageInput): Promise<MessagePage> => {
    const record = ledger.get(input.conversationId);
    if (input.at.kind === 'latest' && record.read_to_at === 0) needs.empty(input.conversationId);
    if (input.at.kind !== 'before' || read(input).length >= input.limit) return toPage(input, null);
    return toPage(input, await history.inTurn(input.conversationId, () => readOlder(input)));
  };

  return { handlers: { 'messages.page': page } };
}
