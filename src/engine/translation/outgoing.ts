import { CodedError } from '../../base/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { AnswerLanguage } from '../../contract/translation.ts';
import type { EngineParts } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { prepareSources, type SourceRow } from './queries.ts';
import { readingLanguage } from './reading-language.ts';
import type { Shelf } from './shelf.ts';
import type { Wish, Wishes } from './wishes.ts';
import type { Work } from './work.ts';

/** What the calls about answers need. */
export interface OutgoingNeeds extends Pick<EngineParts, 'db'> {
  readonly settings: SettingsReader;
  readonly shelf: Shelf;
  readonly work: Work;
  readonly wishes: Wishes;
}

type Calls = 'translation.setOutgoing' | 'translation.draft' | 'translation.prefer';

/** Answers in another language than they are written in. */
export interface Outgoing {
  /** Into what answers in a conversation are translated. */
  languageOf(conversationId: number): AnswerLanguage;
  readonly handlers: Pick<Handlers, Calls>;
}

/** Languages whose script is theirs alone: a text in it needs no translation, however short it is. */
const ofOwnScript: ReadonlySet<LanguageCode> = new Set(['th', 'ko', 'ja', 'km', 'my', 'zh-Hans', 'zh-Hant']);

/**
 * In Latin letters a few words can be taken for another language: those are translated all the same, for what a person
 * wrote in their own language must not go out as it is by mistake.
 */
function isAlready({ from, to }: Wish): boolean {
  return from === to && ofOwnScript.has(to);
}

/** `changed` tells the pages. */
export function createOutgoing(
  { db, settings, shelf, work, wishes }: OutgoingNeeds,
  changed: () => null,
): Outgoing {
  const sources = prepareSources(db);
  const conversation = (id: number) => {
    const row = sources.conversation.get(id);
    if (row === undefined) throw new CodedError('not-found', 'No such conversation');
    return row;
  };

  /** The language most of the buyer's newest words are in; the newest counts where several are as many. */
  const buyerLanguage = (conversationId: number, site: string): LanguageCode | null => {
    const counts = new Map<LanguageCode, number>();
    for (const text of sources.ofBuyer.all(conversationId)) {
      const language = wishes.languageOf(text, site);
      if (language !== null) counts.set(language, (counts.get(language) ?? 0) + 1);
    }
    return [...counts].reduce<[LanguageCode | null, number]>(
      (most, own) => (own[1] > most[1] ? own : most),
      [null, 0],
    )[0];
  };
  const sourceOf = (conversationId: number, text: string): SourceRow => {
    const { store_id, site } = conversation(conversationId);
    return { id: null, conversation_id: conversationId, store_id, text, site };
  };

  return {
    languageOf: (conversationId) => {
      const { site, write_to: chosen } = conversation(conversationId);
      const buyer = buyerLanguage(conversationId, site);
      const back = readingLanguage(settings.read());
      const usual = settings.read().translateAnswers && buyer !== back ? buyer : null;
      return { to: chosen === 'off' ? null : (chosen ?? usual), buyer, chosen, back };
    },
    handlers: {
      'translation.setOutgoing': ({ conversationId, to }) => {
        conversation(conversationId);
        sources.setWriteTo.run(to, conversationId);
        return changed();
      },
      'translation.draft': async ({ conversationId, text, to }) => {
        const wish = wishes.inLanguage(sourceOf(conversationId, text), to);
        if (wish === null || isAlready(wish)) return { text: null };
        const kept = shelf.get(wish) ?? (shelf.copy(wish) ? shelf.get(wish) : undefined);
        if (kept !== undefined) return { text: kept.text };
        const outcome = await work.translate(wish.from === to ? { ...wish, from: null } : wish);
        if (!outcome.ok)
          throw new CodedError(outcome.error.code, outcome.error.message, outcome.error.details);
        const { provider } = outcome;
        shelf.put([wish], { source: wish.from, text: outcome.text, made_by: 'provider', provider });
        return { text: outcome.text };
      },
      'translation.prefer': ({ conversationId, text, words, to }) => {
        const wish = wishes.inLanguage(sourceOf(conversationId, text), to);
        if (wish !== null) shelf.edit(wish, words);
        return null;
      },
    },
  };
}
