import { createDrafts } from '../drafts/drafts.ts';
import { createMediaFetcher } from '../media/media.ts';
import { createHistory } from '../messages/history.ts';
import { createIngest } from '../messages/ingest.ts';
import { createMessages } from '../messages/messages.ts';
import { createOutbox } from '../outbox/outbox.ts';
import type { AnyFeature, EngineParts } from '../parts.ts';
import type { Search } from '../search/search.ts';
import type { LiveSettings } from '../settings/settings.ts';
import { createReadBack } from '../sync/read-back.ts';
import { createSync, type Sync } from '../sync/sync.ts';
import type { Translation } from '../translation/translation.ts';
import { createCommit } from './commit.ts';
import { createConversations } from './conversations.ts';
import { createDirectory } from './directory.ts';
import { createElsewhere } from './elsewhere.ts';
import { createKeywordSearch } from './keyword.ts';
import { createLedger } from './ledger.ts';
import { createLists } from './list.ts';
import { createReadMarks } from './read-marks.ts';
import { createSnoozeTimer } from './snooze.ts';

/** What the conversation features need beside the parts. */
export interface ConversationNeeds {
  readonly search: Search;
  readonly settings: LiveSettings;
  readonly translation: Translation;
}

/** Conversations, messages, sync, outbox, media and drafts, joined. */
export interface ConversationFeatures {
  /** To be started in this order and stopped in the opposite one. Sync answers `stores.syncNow`. */
  readonly features: readonly AnyFeature[];
  readonly sync: Sync;
}

export function createConversationFeatures(
  parts: EngineParts,
  needs: ConversationNeeds,
): ConversationFeatures {
  const { db, clock, stores } = parts;
  const { search, settings, translation } = needs;
  const commit = createCommit(db, parts.feed);
  const ledger = createLedger(db);
  const ingest = createIngest(parts, commit, ledger, search, (source, said) =>
    translation.fromPlatform(source, said),
  );
  const elsewhere = createElsewhere(db, ledger);
  const directory = createDirectory(db, search, elsewhere);
  const sync = createSync(parts, { commit, ledger, elsewhere, directory, ingest });
  const media = createMediaFetcher(parts, settings);
  const readMarks = createReadMarks(parts, ledger, () => settings.read());

  const readBack = createReadBack(parts, { ledger, ingest });
  const outbox = createOutbox(parts, { commit, ledger, search, settings, readBack }, (conversationId) => {
    readMarks.replied(conversationId);
    sync.lively(conversationId);
  });
  ingest.onAdopted((conversationId) => outbox.queue.kick(conversationId));

  const conversations = createConversations(parts, {
    commit,
    ledger,
    readMarks,
    lists: createLists(db, createKeywordSearch(db, search)),
    snooze: createSnoozeTimer(db, clock, commit, ledger),
    shown: (rows) => media.wantAvatars(rows),
    translationsOf: (conversationIds) => translation.readLast(conversationIds),
  });
  const messages = createMessages(parts, ledger, createHistory(db, stores, ingest, ledger), {
    shown: (rows) => media.wantPictures(rows),
    translationsOf: (rows) => translation.read(rows),
    empty: (conversationId) => sync.readSoon(conversationId),
    readErrorOf: ({ conversation_id: conversationId, id }) => outbox.queue.readErrorOf(conversationId, id),
  });
  const drafts = createDrafts(parts, commit, ledger);
  return { features: [conversations, messages, drafts, media, outbox, sync], sync };
}
