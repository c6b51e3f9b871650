import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { RemoteMessage } from '../../channels/channel.ts';
import type { ReadingMode } from '../../contract/translation.ts';
import type { TranslationView } from '../../contract/translation-models.ts';
import type { MessageRow } from '../messages/queries.ts';
import type { EngineParts } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { prepareSources, type SourceRow } from './queries.ts';
import { createReader } from './reader.ts';
import { languageNamed, readingLanguage } from './reading-language.ts';
import { remember } from './remember.ts';
import type { KeptText, Shelf } from './shelf.ts';
import type { Wish, Wishes } from './wishes.ts';
import type { Work } from './work.ts';

/** A text that failed is tried by itself again when it is looked at after so long. Milliseconds. */
const AGAIN_MS = 60_000;

/** The translations of what buyers write. What is found out meanwhile is told by the feeds of messages and conversations. */
export interface Translation {
  /**
   * What is to be said of each message's translation; null: nothing, or nothing yet. Those of a conversation that is
   * translated by itself are wanted. All of one conversation.
   */
  read(rows: readonly MessageRow[]): (TranslationView | null)[];
  /** The translations of these conversations' last messages, where they are kept; the others are wanted likewise. */
  readLast(conversationIds: readonly number[]): ReadonlyMap<number, string>;
  /** The platform itself delivered it. Part of the transaction it is called in. */
  fromPlatform(source: SourceRow, said: NonNullable<RemoteMessage['translation']>): void;
  /** A person wants it, whatever the mode. */
  ask(source: SourceRow): void;
  /** A person's words for a text, in its whole store; null: what a provider says, asked anew. */
  edit(source: SourceRow, text: string | null): void;
  modeOf(conversationId: number): ReadingMode;
  /** Nothing is found out any more. */
  stop(): void;
}

interface TranslationInput extends Pick<EngineParts, 'db' | 'clock' | 'feed' | 'log'> {
  readonly settings: SettingsReader;
  readonly shelf: Shelf;
  readonly wishes: Wishes;
  readonly work: Work;
}

export function createTranslation(input: TranslationInput): Translation {
  const { db, clock, feed, settings, shelf, wishes } = input;
  const sources = prepareSources(db);
  const announce = (conversationIds: readonly number[]): void => {
    feed.emit('messages', conversationIds);
    feed.emit('conversations', conversationIds);
  };
  const fetches = createFetches(input, announce);
  const want = (source: SourceRow, isAsked: boolean): void => {
    const wish = wishes.toRead(source);
    if (wish === null || shelf.get(wish) !== undefined) return;
    if (shelf.copy(wish)) announce([source.conversation_id]);
    else fetches.want(wish, isAsked);
  };
  const modeOf: Translation['modeOf'] = (conversationId) => {
    const said = sources.mode.get(conversationId) ?? { conversation: null, store: null };
    return { mode: said.conversation ?? said.store ?? settings.read().translateMode, ...said };
  };
  const reader = createReader(clock, wishes, (known) => {
    for (const [conversationId, own] of Map.groupBy(known, (source) => source.conversation_id)) {
      // The newest first: it is read first.
      if (modeOf(conversationId).mode === 'auto') for (const source of own.toReversed()) want(source, false);
      if (own.some((source) => wishes.toRead(source) !== null)) announce([conversationId]);
    }
  });
  /** `mode` is the conversation's. */
  const viewOf = (source: SourceRow, mode: ReadingMode['mode']): TranslationView | null => {
    const kept = shelf.of(source, readingLanguage(settings.read()));
    if (kept !== undefined) return doneView(kept);
    if (mode === 'off' || reader.languageOf(source) === undefined) return null;
    const wish = wishes.toRead(source);
    if (wish === null) return null;
    if (mode === 'auto') want(source, false);
    return fetches.viewOf(wish);
  };

  return {
    modeOf,
    stop: () => reader.stop(),
    read: (rows) => {
      const [first] = rows;
      if (first === undefined) return [];
      const { mode } = modeOf(first.conversation_id);
      const site = sources.siteOf.get(first.store_id) ?? '';
      return rows.map((row) => (isBuyers(row) ? viewOf({ ...row, site }, mode) : null));
    },
    readLast: (conversationIds) => {
      const found = new Map<number, string>();
      for (const source of sources.lastOf.all(JSON.stringify(conversationIds))) {
        const { conversation_id: id } = source;
        const kept = shelf.of(source, readingLanguage(settings.read()));
        if (kept !== undefined) found.set(id, kept.text);
        else if (modeOf(id).mode === 'auto' && reader.languageOf(source) !== undefined) want(source, false);
      }
      return found;
    },
    fromPlatform: (source, said) => {
      const wish = wishes.toRead(source);
      const target = languageNamed(said.to) ?? wishes.languageOf(said.text, source.site);
      if (wish === null || target !== wish.to) return;
      shelf.put([wish], { source: wish.from, text: said.text, made_by: 'platform', provider: null });
    },
    ask: (source) => want(source, true),
    edit: (source, text) => {
      const wish = wishes.toRead(source);
      if (wish === null) return;
      const concerned = shelf.edit(wish, text);
      if (text === null) want(source, true);
      announce(concerned);
    },
  };
}

/** Words of a buyer that can be read. */
function isBuyers({ author, text, recalled, kind }: MessageRow): boolean {
  return author === 'buyer' && text !== null && recalled === 0 && kind !== 'unreadable';
}

/** What is on its way, and what failed. Equal texts are sent once, whoever waits for them. */
function createFetches(
  { clock, shelf, work, log }: TranslationInput,
  announce: (conversationIds: readonly number[]) => void,
) {
  /** Everybody who waits for a text, by conversation. */
  const flying = new Map<string, Map<number, Wish>>();
  const failures = new Map<string, { readonly error: ErrorShape; readonly at: number }>();

  const fetch = async (wish: Wish, everybody: ReadonlyMap<number, Wish>): Promise<void> => {
    const outcome = await work.translate(wish);
    flying.delete(wish.key);
    const wishes = [...everybody.values()];
    try {
      if (outcome.ok) {
        const { text, provider } = outcome;
        shelf.put(wishes, { source: wish.from, text, made_by: 'provider', provider });
      } else remember(failures, wish.key, { error: outcome.error, at: clock.now() });
    } catch (error) {
      // The data folder is full, or what it belongs to was removed meanwhile: the original stays.
      log.scope('translation').error('translation-unwritten', { error });
      remember(failures, wish.key, { error: toErrorShape(error), at: clock.now() });
    }
    announce(wishes.map(({ source }) => source.conversation_id));
  };

  return {
    want: (wish: Wish, isAsked: boolean): void => {
      const { key, source } = wish;
      const failure = failures.get(key);
      if (failure !== undefined && !isAsked && clock.now() < failure.at + AGAIN_MS) return;
      failures.delete(key);
      const waiting = flying.get(key);
      const everybody = waiting ?? new Map<number, Wish>();
      everybody.set(source.conversation_id, wish);
      if (isAsked) announce([source.conversation_id]);
      if (waiting !== undefined) return;
      flying.set(key, everybody);
      void fetch(wish, everybody);
    },
    viewOf: ({ key, from }: Wish): TranslationView => {
      if (flying.has(key)) return { state: 'pending' };
      const failure = failures.get(key);
      return failure === undefined ? { state: 'offered', from } : { state: 'failed', error: failure.error };
    },
  };
}

function doneView({ source: from, target: to, text, made_by: by, provider }: KeptText): TranslationView {
  return { state: 'done', from, to, text, by, provider };
}
