import type { TroubleItem } from '../contract/outbox.ts';
import type { HostProcess } from './host.ts';
import type { RunPage } from './page.ts';
import type { Watch } from './watch.ts';

/** How often the person looks at the list of trouble. Milliseconds. */
const LOOK_MS = 400;

/** A store that asks for its person is left asking so long: it may be a start under way. Milliseconds. */
const SIGN_IN_AFTER_MS = 3_000;

/** What a person did. */
export interface Deeds {
  released: number;
  skipped: number;
  /** Stores whose refresh token was used up by an engine that died before it could keep the new one. */
  signedIn: number;
}

/**
 * The person at the desk: signs in again where a store asks for it (in practice that is a new start), lets held messages go, lets those behind a failed or unconfirmed one go past it, and never
 * decides what became of one: that is for the count.
 */
export function seatPerson(
  page: RunPage,
  watch: Watch,
  host: HostProcess,
): { readonly deeds: Deeds; stop(): void } {
  const deeds: Deeds = { released: 0, skipped: 0, signedIn: 0 };
  let askedSince: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const settle = async ({ messageId, pending }: TroubleItem): Promise<void> => {
    if (pending.phase === 'held') {
      if ((await page.call('outbox.release', { messageId })).ok) deeds.released += 1;
    } else if (!pending.skipped && (await page.call('outbox.skip', { messageId })).ok) deeds.skipped += 1;
  };
  const signIn = async (): Promise<void> => {
    const answer = await page.call('stores.list', {});
    if (!answer.ok) return;
    const asking = answer.value.stores.filter(({ state }) => state === 'sign-in').length;
    if (asking === 0) askedSince = null;
    else askedSince ??= Date.now();
    if (askedSince === null || Date.now() - askedSince < SIGN_IN_AFTER_MS) return;
    askedSince = null;
    deeds.signedIn += asking;
    watch.note(`${asking} stores are signed in again`);
    // A store asks also where the platform refused a refresh for the time it named: a person sets the clock right.
    host.setClock(0);
    host.restart();
  };
  const look = async (): Promise<void> => {
    await signIn();
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
