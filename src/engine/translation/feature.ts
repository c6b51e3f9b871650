import { CodedError } from '../../base/errors.ts';
import type { translationContract } from '../../contract/translation.ts';
import type { EngineParts, Feature } from '../parts.ts';
import type { Glossary } from './glossary.ts';
import { createOutgoing, type OutgoingNeeds } from './outgoing.ts';
import { providerCalls, type ProviderNeeds } from './provider-calls.ts';
import { prepareCache, prepareSources } from './queries.ts';
import type { Translation } from './translation.ts';
import type { Usage } from './usage.ts';

interface FeatureInput extends Pick<EngineParts, 'db' | 'feed'>, ProviderNeeds, OutgoingNeeds {
  readonly translation: Translation;
  readonly usage: Usage;
  readonly glossary: Glossary;
}

type Calls = keyof typeof translationContract;

/** So much is exported at a time: rows, and characters. No other call waits for more. */
const AT_ONCE = 500;
const MOST = 200_000;

/** The calls of translation. */
export function createTranslationFeature(input: FeatureInput): Feature<Calls> {
  const { db, feed, translation, usage } = input;
  const cache = prepareCache(db);
  const sources = prepareSources(db);

  const changed = (): null => {
    feed.emit('translation');
    return null;
  };
  const outgoing = createOutgoing(input, changed);
  const sourceOf = (messageId: number) => {
    const source = sources.byId.get(messageId);
    if (source === undefined) throw new CodedError('not-found', 'No message of a buyer');
    return source;
  };

  return {
    handlers: {
      ...providerCalls(input, changed),
      ...outgoing.handlers,
      ...input.glossary.handlers,
      'translation.setMode': ({ of, mode }) => {
        const { changes } =
          of.kind === 'store'
            ? sources.setStoreMode.run(mode, of.storeId)
            : sources.setConversationMode.run(mode, of.conversationId);
        if (changes === 0) throw new CodedError('not-found', 'No such store or conversation');
        feed.emit('messages', of.kind === 'conversation' ? [of.conversationId] : []);
        return changed();
      },
      'translation.conversation': ({ conversationId }) => ({
        reading: translation.modeOf(conversationId),
        answers: outgoing.languageOf(conversationId),
      }),
      'translation.ask': ({ messageId }) => {
        translation.ask(sourceOf(messageId));
        return null;
      },
      'translation.edit': ({ messageId, text }) => {
        const words = text.toWellFormed().trim();
        translation.edit(sourceOf(messageId), words === '' ? null : words);
        return null;
      },
      'translation.usage': () => usage.read(),
      'translation.sizes': () => cache.sizes.all(),
      'translation.export': ({ after }) => {
        const rows = [];
        let characters = 0;
        for (const { id, ...row } of cache.exportable.iterate(after, AT_ONCE)) {
          rows.push(row);
          characters += row.original.length + row.translation.length;
          if (characters > MOST || rows.length === AT_ONCE) return { rows, next: id };
        }
        return { rows, next: null };
      },
      'translation.clear': async (what) => {
        await input.shelf.clear(what);
        feed.emit('messages', what.conversationId === null ? [] : [what.conversationId]);
        feed.emit('conversations');
        return changed();
      },
    },
  };
}
