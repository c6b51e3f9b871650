import { CodedError } from '../../base/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import type { LanguageCode } from '../../contract/languages.ts';
import type { OutgoingTranslation } from '../../contract/translation.ts';
import type { EngineParts } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { detectLanguage } from './detect.ts';
import type { Glossary } from './glossary.ts';
import { hasWords, protect } from './protect.ts';
import { prepareSources } from './queries.ts';
import { readingLanguage } from './reading-language.ts';
import type { Shelf, Wish } from './shelf.ts';
import { textHash, textToTranslate } from './text-hash.ts';
import { wishKey } from './wishes.ts';
import type { Work } from './work.ts';

/** What the calls about answers need. */
export interface OutgoingNeeds extends Pick<EngineParts, 'db' | 'feed'> {
  readonly settings: SettingsReader;
  readonly shelf: Shelf;
  readonly work: Work;
  readonly glossary: Pick<Glossary, 'termsIn'>;
}

type Calls = 'translation.outgoing' | 'translation.setOutgoing' | 'translation.draft' | 'translation.sent';

/** Languages whose script is theirs alone: a text in it needs no translation, however short it is. */
const ofOwnScript: ReadonlySet<LanguageCode> = new Set(['th', 'ko', 'ja', 'km', 'my', 'zh-Hans', 'zh-Hant']);

/**
 * In Latin letters a few words can be taken for another language: those are translated all the same, for what a person
 * wrote in their own language must not go out as it is by mistake.
 */
function isAlready({ from, to }: Wish): boolean {
  return from === to && ofOwnScript.has(to);
}

/** The calls about answers in another language than they are written in. */
export function outgoingCalls({
  db,
  feed,
  settings,
  shelf,
  work,
  glossary,
}: OutgoingNeeds): Pick<Handlers, Calls> {
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
      const language = detectLanguage(textToTranslate(text), site);
      if (language !== null) counts.set(language, (counts.get(language) ?? 0) + 1);
    }
    return [...counts].reduce<[LanguageCode | null, number]>(
      (most, own) => (own[1] > most[1] ? own : most),
      [null, 0],
    )[0];
  };
  const outgoing = (conversationId: number): OutgoingTranslation => {
    const { site, write_to: chosen } = conversation(conversationId);
    const buyer = buyerLanguage(conversationId, site);
    const back = readingLanguage(settings.read());
    const usual = settings.read().translateAnswers && buyer !== back ? buyer : null;
    return { to: chosen === 'off' ? null : (chosen ?? usual), buyer, chosen, back };
  };
  const wishFor = (conversationId: number, words: string, to: LanguageCode): Wish => {
    const { store_id: storeId, site } = conversation(conversationId);
    const text = textToTranslate(words);
    const hash = textHash(text);
    const from = detectLanguage(text, site);
    const source = { id: null, conversation_id: conversationId, store_id: storeId, text, site };
    const terms = glossary.termsIn(storeId, text);
    return { key: wishKey(hash, to, storeId, terms), text, hash, from, to, terms, source };
  };

  return {
    'translation.outgoing': ({ conversationId }) => outgoing(conversationId),
    'translation.setOutgoing': ({ conversationId, to }) => {
      conversation(conversationId);
      sources.setWriteTo.run(to, conversationId);
      feed.emit('translation');
      return null;
    },
    'translation.draft': async ({ conversationId, text, to }) => {
      const wish = wishFor(conversationId, text, to);
      if (isAlready(wish) || !hasWords(protect(wish.text))) return { text: null };
      const kept = shelf.get(wish) ?? (shelf.copy(wish) ? shelf.get(wish) : undefined);
      if (kept !== undefined) return { text: kept.text };
      const outcome = await work(wish.from === to ? { ...wish, from: null } : wish);
      if (!outcome.ok) throw new CodedError(outcome.error.code, outcome.error.message, outcome.error.details);
      const { provider } = outcome;
      shelf.put([wish], { source: wish.from, text: outcome.text, made_by: 'provider', provider });
      return { text: outcome.text };
    },
    'translation.sent': ({ conversationId, text, words, to, edited }) => {
      const there = wishFor(conversationId, text, to);
      if (edited) shelf.edit(there, words);
      // The way back is what was meant, by whoever wrote it.
      const back = wishFor(conversationId, words, readingLanguage(settings.read()));
      shelf.put([back], { source: to, text: there.text, made_by: 'person', provider: null });
      feed.emit('messages', [conversationId]);
      return null;
    },
  };
}
