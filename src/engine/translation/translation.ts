import { toErrorShape, type ErrorShape } from '../../base/errors.ts';
import type { RemoteMessage } from '../../channels/channel.ts';
import type { ReadingMode } from '../../contract/translation.ts';
import type { TranslationView } from '../../contract/translation-models.ts';
import type { MessageRow } from '../messages/queries.ts';
import type { EngineParts } from '../parts.ts';
import type { SettingsReader } from '../settings/settings.ts';
import { languageNamed } from './reading-language.ts';
import { prepareSources, type KeptRow, type SourceRow } from './queries.ts';
import { remember } from './remember.ts';
import type { Shelf } from './shelf.ts';
import type { Wish, Wishes } from './wishes.ts';
import type { Work } from './work.ts';

/** A text that failed is tried by itself again when it is looked at after so long. Milliseconds. */
const AGAIN_MS = 60_000;

/** The translations of what buyers write. */
export interface Translation {
  /** What is to be said of a message's translation; null: there is nothing to translate. */
  viewOf(row: MessageRow): TranslationView | null;
  /** The translation of a conversation's last message, where it is kept. */
  lastOf(conversationId: number): string | null;
  /** A page shows these messages: those of conversations that are translated by themselves are wanted. */
  shown(rows: readonly MessageRow[]): void;
  /** The same of the last messages of these conversations. */
  shownLast(conversationIds: readonly number[]): void;
  /** The platform itself delivered it. Part of the transaction it is called in. */
  fromPlatform(source: SourceRow, said: NonNullable<RemoteMessage['translation']>): void;
  /** A person wants it, whatever the mode. */
  ask(source: SourceRow): void;
  /** A person's words for a text, in its whole store; null: what a provider says, asked anew. */
  edit(source: SourceRow, text: string | null): void;
  modeOf(conversationId: number): ReadingMode;
}

interface TranslationInput extends Pick<EngineParts, 'db' | 'clock' | 'feed' | 'log'> {
  readonly settings: SettingsReader;
  readonly shelf: Shelf;
  readonly wishes: Wishes;
  readonly work: Work;
}

export function createTranslation(input: TranslationInput): Translation {
  const { db, feed, settings, shelf, wishes } = input;
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
  const sourceOf = (row: MessageRow): SourceRow | null =>
    row.author === 'buyer' && row.text !== null && row.recalled === 0 && row.kind !== 'unreadable'
      ? { ...row, site: sources.siteOf.get(row.store_id) ?? '' }
      : null;
  return {
    modeOf,
    viewOf: (row) => {
      const source = sourceOf(row);
      const wish = source === null ? null : wishes.toRead(source);
      if (wish === null) return null;
      const found = shelf.get(wish);
      if (found !== undefined) return doneView(wish, found);
      return modeOf(row.conversation_id).mode === 'off' ? null : fetches.viewOf(wish);
    },
    lastOf: (conversationId) => {
      const source = sources.lastOf.get(conversationId);
      const wish = source === undefined ? null : wishes.toRead(source);
      return wish === null ? null : (shelf.get(wish)?.text ?? null);
    },
    shown: (rows) => {
      const [first] = rows;
      if (first === undefined || modeOf(first.conversation_id).mode !== 'auto') return;
      // The newest first: it is read first.
      for (const source of rows.toReversed().map(sourceOf)) if (source !== null) want(source, false);
    },
    shownLast: (conversationIds) => {
      for (const id of conversationIds) {
        const source = modeOf(id).mode === 'auto' ? sources.lastOf.get(id) : undefined;
        if (source !== undefined) want(source, false);
      }
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

/** What is on its way, and what failed. Equal texts are sent once, whoever waits for them. */
function createFetches(
  { clock, shelf, work, log }: TranslationInput,
  announce: (conversationIds: readonly number[]) => void,
) {
  /** Everybody who waits for a text, by conversation. */
  const flying = new Map<string, Map<number, Wish>>();
  const failures = new Map<string, { readonly error: ErrorShape; readonly at: number }>();

  const fetch = async (wish: Wish, everybody: ReadonlyMap<number, Wish>): Promise<void> => {
    const outcome = await work(wish);
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

function doneView({ to }: Wish, { source: from, text, made_by: by, provider }: KeptRow): TranslationView {
  return { state: 'done', from, to, text, by, provider };
}
