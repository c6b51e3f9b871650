import type { draftsContract, Draft } from '../../contract/drafts.ts';
import type { Commit } from '../conversations/commit.ts';
import type { Ledger } from '../conversations/ledger.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { prepareDrafts } from './queries.ts';

/** `drafts.*`. Whoever saves last wins; an empty text is no draft. */
export function createDrafts(
  { db, clock }: Pick<EngineParts, 'db' | 'clock'>,
  commit: Commit,
  ledger: Ledger,
): Feature<keyof typeof draftsContract> {
  const queries = prepareDrafts(db);
  const read = (conversationId: number): Draft | null => queries.get.get(conversationId) ?? null;
  return {
    handlers: {
      'drafts.get': ({ conversationId }) => read(conversationId),
      'drafts.save': ({ conversationId, text, begunAt }) => {
        ledger.get(conversationId);
        const before = read(conversationId);
        if ((before?.text ?? '') === text) return before;
        commit((touched) => {
          if (text === '') queries.remove.run(conversationId);
          else {
            const now = clock.now();
            queries.save.run({ conversationId, text, now, begunAt: begunAt ?? before?.begunAt ?? now });
          }
          touched.drafts.add(conversationId);
          touched.conversations.add(conversationId);
        });
        return read(conversationId);
      },
    },
  };
}
