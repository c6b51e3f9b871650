import type { BrowserContext, Page } from 'playwright-core';
import type { RealProxy } from '../testing/real-proxies.ts';
import type { NameServer } from './dns.ts';
import type { Origin } from './origin.ts';
import type { Stores } from './stores.ts';
import type { StunServer } from './stun.ts';

/** A run that could not be carried through: what is counted then proves nothing. */
export class RunFailure extends Error {}

/** Everything the run is made of. */
export interface World {
  readonly origin: Origin;
  readonly stun: StunServer;
  /** Null: nobody can see who looks up names here. */
  readonly own: NameServer | null;
  readonly atProxies: NameServer | null;
  readonly stores: Stores;
  readonly exits: RealProxy[];
  readonly say: (text: string) => void;
}

/** Where the site is, by one of its names. */
export const site = ({ origin }: World, name = 'site'): string =>
  `https://${name}.shop.test:${origin.securePort}`;

/** Connections at the site that came from no proxy's address. */
export function directOf({ connections }: Origin): number {
  return connections.filter((from) => !/^127\.[1-9]\d*\./.test(from)).length;
}

/** A store at the site; throws where it shows no page. */
export async function openPage(world: World, store: number): Promise<Page> {
  const page = await world.stores.pool.open(store, { url: `${site(world)}/page?store=${store}` });
  const { error } = world.stores.pool.of(store);
  if (error !== null) throw new RunFailure(`store ${store} shows no page: ${JSON.stringify(error)}`);
  await page.waitForLoadState();
  return page;
}

/** Goes somewhere in a page of its own. */
export async function inPage(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(url).catch(() => {});
  await page.close();
}
