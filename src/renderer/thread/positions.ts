import { client, clock } from '../client.ts';
import { createReadingPositions } from './reading-positions.ts';

/** Where each conversation of the open data folder was last read. */
export const positions = createReadingPositions({
  clock,
  read: (conversationId) => client.call('snapshots.position', { conversationId }),
  save: (conversationId, position) => client.call('snapshots.savePosition', { conversationId, ...position }),
});

/** Saves where one reads as the page goes away. Call once. */
export function watchPageEnd(): void {
  window.addEventListener('pagehide', positions.flush);
}
