import { client, clock } from '../client.ts';
import { createDraftKeeper, type DraftKeeper } from './draft-keeper.ts';
import { unsavedFolder } from './unsaved.ts';

let folder = '';
let keepers = new Map<number, DraftKeeper>();

/**
 * The keeper of a conversation's draft, the same one for as long as the page lives: coming back shows the draft at once,
 * and no two keepers save over each other. Another data folder begins anew: its ids mean others.
 */
export function keeperOf(conversationId: number): DraftKeeper {
  if (folder !== unsavedFolder()) {
    folder = unsavedFolder();
    keepers = new Map();
  }
  const made = keepers.get(conversationId);
  if (made !== undefined) return made;
  const keeper = createDraftKeeper({
    conversationId,
    clock,
    read: (id) => client.call('drafts.get', { conversationId: id }),
    save: (id, text, begunAt) => client.call('drafts.save', { conversationId: id, text, begunAt }),
  });
  keepers.set(conversationId, keeper);
  return keeper;
}
