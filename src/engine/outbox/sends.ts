import { CodedError } from '../../base/errors.ts';
import type { HandlerInput } from '../../contract/index.ts';
import type { CardView, MessageView } from '../../contract/models.ts';
import type { ConversationRecord } from '../conversations/queries.ts';
import { prepareThread } from '../messages/queries.ts';
import { toMessageView } from '../messages/view.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { dataPaths } from '../paths.ts';
import { prepareMeanwhile } from './queries.ts';
import type { Queue } from './queue.ts';
import { checkCard, checkText, readPicture } from './sendable.ts';
import { createWrite, type OutboxStepNeeds, type Written } from './steps.ts';

type Parts = Pick<EngineParts, 'db' | 'clock' | 'stores' | 'dataDir'>;
type Asked = Omit<HandlerInput<'outbox.send'>, 'text' | 'meant'>;

/** `outbox.send` and its like: message and job are stored in one transaction before the answer. */
export function createSends(
  { db, clock, stores, dataDir }: Parts,
  needs: OutboxStepNeeds & { readonly queue: Queue },
): Feature<'outbox.send' | 'outbox.sendImage' | 'outbox.sendCard'>['handlers'] {
  const { ledger, queue } = needs;
  const meanwhile = prepareMeanwhile(db);
  const thread = prepareThread(db);
  const write = createWrite(db, clock, needs);
  const { media } = dataPaths(dataDir);

  const known = (clientId: string): MessageView | null => {
    const id = thread.idOfClient.get(clientId);
    const row = id === undefined ? undefined : thread.byId.get(id);
    return row === undefined ? null : toMessageView(row);
  };
  const factsOf = (conversationId: number) => stores.get(ledger.get(conversationId).store_id).facts;

  const checkColleague = ({ begunAt, anyway, conversationId }: Asked): void => {
    if (begunAt === null || anyway) return;
    const at = meanwhile.colleagueSince.get({ conversationId, begunAt });
    if (at === undefined) return;
    throw new CodedError('conflict', 'A colleague answered meanwhile', { reason: 'colleague-answered', at });
  };
  const store = (
    asked: Asked,
    written: Omit<Written, 'clientId'>,
    record: ConversationRecord,
  ): MessageView => {
    checkColleague(asked);
    const view = write({ ...written, clientId: asked.clientId }, record);
    // The answer first: the bubble need not wait for the attempt's own commit.
    clock.after(0, () => queue.kick(asked.conversationId));
    return view;
  };

  return {
    'outbox.send': ({ text, meant, ...asked }) => {
      const before = known(asked.clientId);
      if (before !== null) return before;
      const record = ledger.get(asked.conversationId);
      checkText(text, stores.get(record.store_id).facts.maxTextLength);
      const wellFormed = text.toWellFormed();
      return store(
        asked,
        {
          kind: 'text',
          text: wellFormed,
          meant: meant?.toWellFormed() ?? null,
          card: null,
          picture: null,
          content: null,
        },
        record,
      );
    },
    'outbox.sendImage': async ({ hash, ...asked }) => {
      const stored = known(asked.clientId);
      if (stored !== null) return stored;
      const picture = await readPicture(media, hash, factsOf(asked.conversationId));
      // Asked twice at once, the second finds what the first has stored.
      const before = known(asked.clientId);
      if (before !== null) return before;
      const record = ledger.get(asked.conversationId);
      return store(
        asked,
        { kind: 'image', text: null, meant: null, card: null, picture, content: null },
        record,
      );
    },
    'outbox.sendCard': ({ card, ...asked }) => {
      const before = known(asked.clientId);
      if (before !== null) return before;
      checkCard(card, factsOf(asked.conversationId));
      const { kind, title, reference, code } = card;
      const view: CardView = { title, subtitle: null, reference, status: null, price: null };
      const written = { kind, text: null, meant: null, card: JSON.stringify(view), picture: null };
      const content = { kind, reference, code };
      return store(asked, { ...written, content }, ledger.get(asked.conversationId));
    },
  };
}
