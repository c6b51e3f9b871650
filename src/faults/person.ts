import type { TroubleItem } from '../contract/outbox.ts';
import type { RunPage } from './page.ts';
import type { Watch } from './watch.ts';

/** How often the person looks at the list of trouble. Milliseconds. */
const LOOK_MS = 400;

/** What a person did. */
export interface Deeds {
  released: number;
  skipped: number;
}

/**
 * The person at the desk: lets held messages go, lets those behind a failed or unconfirmed one go past it, and never
 * decides what became of one: that is for the count.
 */
export function seatPerson(page: RunPage, watch: Watch): { readonly deeds: Deeds; stop(): void } {
  const deeds: Deeds = { released: 0, skipped: 0 };
  let timer: NodeJS.Timeout | undefined;

  const settle = async ({ messageId, pending }: TroubleItem): Promise<void> => {
    if (pending.phase === 'held') {
      if ((await page.call('outbox.release', { messageId })).ok) deeds.released += 1;
    } else if (!pending.skipped && (await page.call('outbox.skip', { messageId })).ok) deeds.skipped += 1;
  };
  const look = async (): Promise<void> => {
    const trouble = await page.call('outbox.trouble', { limit: 1000 });
    if (trouble.ok) for (const item of trouble.value.items) await settle(item);
    else if (trouble.error.code !== 'closed') watch.note(`trouble: ${JSON.stringify(trouble.error)}`);
    if (timer !== undefined) timer = setTimeout(() => void look(), LOOK_MS);
  };
  timer = setTimeout(() => void look(), LOOK_MS);
  return {
    deeds,
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
