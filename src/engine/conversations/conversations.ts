import { CodedError } from '../../base/errors.ts';
import type { conversationsContract } from '../../contract/conversations.ts';
import type { ConversationRow } from '../../contract/models.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Commit } from './commit.ts';
import type { Ledger } from './ledger.ts';
import type { ListRow } from './list-queries.ts';
import { toConversationRow, type ConversationLists } from './list.ts';
import type { ReadMarks } from './read-marks.ts';
import type { SnoozeTimer } from './snooze.ts';

/** Characters of a last message's words that a list shows. */
const SHOWN = 200;

interface Needs {
  readonly commit: Commit;
  readonly ledger: Ledger;
  readonly lists: ConversationLists;
  readonly readMarks: ReadMarks;
  readonly snooze: SnoozeTimer;
  /** A page shows these rows: their avatars are wanted. */
  readonly shown: (rows: readonly ListRow[]) => void;
  /** Of their last messages, where they are kept. */
  readonly translationsOf: (conversationIds: readonly number[]) => ReadonlyMap<number, string>;
}

/** `conversations.*`. */
export function createConversations(
  { clock }: Pick<EngineParts, 'clock'>,
  { commit, ledger, lists, readMarks, snooze, shown, translationsOf }: Needs,
): Feature<keyof typeof conversationsContract> {
  const translated = (rows: readonly ConversationRow[]): ConversationRow[] => {
    const found = translationsOf(rows.map(({ id }) => id));
    return rows.map((row) => {
      const translation = found.get(row.id)?.slice(0, SHOWN);
      return row.last === null || translation === undefined
        ? row
        : { ...row, last: { ...row.last, translation } };
    });
  };
  return {
    handlers: {
      'conversations.list': (input) => {
        const { list, rows } = lists.list(input);
        shown(rows);
        return { ...list, rows: translated(list.rows) };
      },
      'conversations.get': ({ conversationId }) => {
        const rows = lists.rows([conversationId]);
        const [row] = translated(rows.map(toConversationRow));
        if (row === undefined) throw new CodedError('not-found', 'No such conversation');
        shown(rows);
        return row;
      },
      'conversations.setState': (input) => {
        const until = input.state === 'snoozed' ? input.until : null;
        if (until !== null && until <= clock.now()) {
          throw new CodedError('invalid', 'A time in the past', { field: 'until' });
        }
        commit((touched) => ledger.setState(input.conversationId, touched, input.state, until));
        if (until !== null) snooze.reset();
        return null;
      },
      'conversations.markRead': ({ conversationId, messageId }) => {
        commit((touched) => ledger.markRead(conversationId, touched, messageId));
        readMarks.seen(conversationId);
        return null;
      },
      'conversations.markUnread': ({ conversationId }) => {
        commit((touched) => ledger.markUnread(conversationId, touched));
        return null;
      },
    },
    start: () => {
      snooze.reset();
      readMarks.start();
    },
    stop: async () => {
      snooze.stop();
      await readMarks.stop();
    },
  };
}
