import { CodedError } from '../../base/errors.ts';
import type { translationContract } from '../../contract/translation.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { createExport } from './export.ts';
import type { Glossary } from './glossary.ts';
import { outgoingCalls, type OutgoingNeeds } from './outgoing.ts';
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

/** The calls of translation. */
export function createTranslationFeature(input: FeatureInput): Feature<Calls> {
  const { db, feed, translation, usage } = input;
  const cache = prepareCache(db);
  const sources = prepareSources(db);

  const changed = (): null => {
    feed.emit('translation');
    return null;
  };
  const sourceOf = (messageId: number) => {
    const source = sources.byId.get(messageId);
    if (source === undefined) throw new CodedError('not-found', 'No message of a buyer');
    return source;
  };

  return {
    handlers: {
      ...providerCalls(input, changed),
      ...outgoingCalls(input),
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
      'translation.mode': ({ conversationId }) => translation.modeOf(conversationId),
      'translation.ask': ({ messageIds }) => {
        for (const id of messageIds) translation.ask(sourceOf(id));
        return null;
      },
      'translation.edit': ({ messageId, text }) => {
        const words = text.toWellFormed().trim();
        translation.edit(sourceOf(messageId), words === '' ? null : words);
        return null;
      },
      'translation.usage': () => usage.read(),
      'translation.sizes': () => cache.sizes.all(),
      'translation.export': createExport(db),
      'translation.clear': (what) => {
        const { changes } = cache.clear.run(what);
        feed.emit('messages', what.conversationId === null ? [] : [what.conversationId]);
        feed.emit('conversations');
        changed();
        return { translations: changes };
      },
    },
  };
}
