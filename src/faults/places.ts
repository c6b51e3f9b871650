import type { ConversationRow } from '../contract/models.ts';
import type { RunPage } from './page.ts';

/** The first read is over when no conversation has come for this long. Milliseconds. */
const QUIET_MS = 3_000;
const LOOK_MS = 250;
/** A desk that shows no conversation by then will not start. Milliseconds. */
const PATIENCE_MS = 180_000;

/** A conversation to write to, by its local id, and its store. */
export type Place = Pick<ConversationRow, 'id' | 'platform' | 'site' | 'storeName'>;

const nameOf = ({ platform, storeName, site, buyerName, id }: ConversationRow): string =>
  [platform, storeName, site, buyerName, String(id).padStart(9, '0')].join('\n');

async function rowsNow(page: RunPage): Promise<readonly ConversationRow[]> {
  const answer = await page.call('conversations.list', { filter: {}, sort: 'newest', limit: 2000 });
  return answer.ok ? answer.value.rows : [];
}

/** Waits until the stores are read and answers conversations to write to: as many of each store, in a fixed order. */
export async function findPlaces(page: RunPage, wanted: number): Promise<Place[]> {
  let rows: readonly ConversationRow[] = [];
  const startedAt = Date.now();
  for (let quietSince = Date.now(); rows.length === 0 || Date.now() - quietSince < QUIET_MS;) {
    const now = await rowsNow(page);
    if (now.length !== rows.length) quietSince = Date.now();
    rows = now;
    if (rows.length === 0 && Date.now() - startedAt > PATIENCE_MS)
      throw new Error(`no conversation after ${PATIENCE_MS / 1000} s: ${JSON.stringify(page.connection())}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const byStore = new Map<number, ConversationRow[]>();
  for (const row of [...rows].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)))
    byStore.set(row.storeId, [...(byStore.get(row.storeId) ?? []), row]);
  const share = Math.ceil(wanted / byStore.size);
  return [...byStore.values()].flatMap((list) => list.slice(0, share)).slice(0, wanted);
}
