import { CodedError } from '../../base/errors.ts';
import {
  panelSnapshotSchema,
  type PanelSnapshot,
  type ReadingPosition,
  type snapshotsContract,
} from '../../contract/snapshots.ts';
import type { EngineParts, Feature } from '../parts.ts';
import { prepareSnapshots, type PositionRow } from './queries.ts';

/** One panel a data folder: of two windows the one that saved last is remembered. */
const PANEL = 'panel';

/** `snapshots.*`. */
export function createSnapshots({
  db,
  clock,
}: Pick<EngineParts, 'db' | 'clock'>): Feature<keyof typeof snapshotsContract> {
  const queries = prepareSnapshots(db);
  const checkThere = (conversationId: number): void => {
    if (queries.hasConversation.get(conversationId) === undefined)
      throw new CodedError('not-found', 'No such conversation');
  };
  return {
    handlers: {
      'snapshots.get': () => {
        const stored = queries.get.get(PANEL);
        const snapshot = stored === undefined ? null : readSnapshot(stored.value);
        return stored === undefined || snapshot === null ? null : { snapshot, savedAt: stored.savedAt };
      },
      'snapshots.save': (snapshot) => {
        queries.save.run(PANEL, JSON.stringify(snapshot), clock.now());
        return null;
      },
      'snapshots.position': ({ conversationId }) => {
        checkThere(conversationId);
        const row = queries.position.get(conversationId);
        return row === undefined ? null : toPosition(row);
      },
      'snapshots.savePosition': ({ conversationId, messageId, offset, atEnd, unreadFromId }) => {
        checkThere(conversationId);
        const now = clock.now();
        const row = { conversationId, messageId, offset, atEnd: atEnd ? 1 : 0, unreadFromId, now };
        queries.savePosition.run(row);
        return null;
      },
    },
  };
}

/** Null for what another version wrote, or nobody: the panel then opens as if for the first time. */
function readSnapshot(json: string): PanelSnapshot | null {
  try {
    return panelSnapshotSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

function toPosition(row: PositionRow): ReadingPosition {
  return {
    messageId: row.message_id,
    offset: row.offset_px,
    atEnd: row.at_end === 1,
    unreadFromId: row.unread_from_id,
  };
}
