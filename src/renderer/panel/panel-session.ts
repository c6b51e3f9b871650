import { z } from 'zod';
import { panelSnapshotSchema, type PanelSnapshot } from '../../contract/snapshots.ts';

const storedSchema = z.object({ snapshot: panelSnapshotSchema, savedAt: z.number() });

/** A snapshot and when it was made, in UTC milliseconds. */
export interface KeptSnapshot {
  readonly snapshot: PanelSnapshot;
  readonly savedAt: number;
}

const keyOf = (folder: string): string => `counterdesk.panel.${folder}`;

/** What this very window showed of a data folder before it was loaded anew; null when it is a new one. */
export function readPanelSession(folder: string): KeptSnapshot | null {
  try {
    return storedSchema.safeParse(JSON.parse(sessionStorage.getItem(keyOf(folder)) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

/** Remembers it at once, which no call can as the page goes away; a page without storage has the engine's alone. */
export function writePanelSession(folder: string, kept: KeptSnapshot): void {
  try {
    sessionStorage.setItem(keyOf(folder), JSON.stringify(kept));
  } catch {
    // Storage may be full or denied: the engine's snapshot is then the newest, a moment older.
  }
}
