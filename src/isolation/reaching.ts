import type { Page } from 'playwright-core';
import { HARD_PASSWORD, startChainProxy } from '../testing/real-proxies.ts';
import { egressOf, lookupAtProxy } from './exits.ts';
import { isInside } from './machine.ts';
import { reach } from './page.ts';
import { openPage, RunFailure, site, type World } from './world.ts';

/** While a page tries everything to connect, its proxy works, dies, is swapped, ends, is turned off. */
export async function runReaching(world: World, count: number): Promise<void> {
  const { stores, origin, say, exits } = world;
  const store = 1;
  // One by each kind of proxy.
  for (const one of [1, 2, 3, 4].filter((each) => each <= count)) {
    say(`never direct: store ${one}, its proxy works`);
    const page = await openPage(world, one);
    await tryAll(world, page);
    const path = (what: string): boolean =>
      origin.hits.some(({ query, from }) => query.get('what') === what && from === egressOf(one));
    for (const what of ['fetch', 'img', 'beacon', 'redirect']) {
      if (!path(what)) throw new RunFailure(`store ${one}: ${what} did not get there by its proxy either`);
    }
  }
  const lookup = isInside() ? { lookup: lookupAtProxy() } : {};
  const who = { username: 'spare', password: HARD_PASSWORD };
  const spares = [
    await startChainProxy('127.2.0.1', who, lookup),
    await startChainProxy('127.2.0.3', who, lookup),
  ];
  const [spare, other] = spares;
  if (spare === undefined || other === undefined) throw new RunFailure('no spares');
  try {
    say('never direct: while its proxy dies, and from the first paint on');
    const dying = tryAll(world, await openPage(world, store));
    await exits[store - 1]?.stop();
    await dying;
    await tryAll(world, pageOf(world, store));
    await stores.pool.close(store);
    await stores.pool.open(store, { url: `${site(world, 'way')}/page` });
    say('never direct: while it is swapped, a dead one for one that works, and that for another');
    stores.bind(store, spare);
    const page = await openPage(world, store);
    const swapping = tryAll(world, page);
    const proxyId = stores.bind(store, other);
    await swapping;
    await tryAll(world, page);
    if (!origin.hits.some(({ from }) => from === '127.2.0.3'))
      throw new RunFailure('nothing came by the new proxy');
    say('never direct: at its end, and while it is turned off');
    const ending = tryAll(world, page);
    stores.setProxy(proxyId, { expiresAt: Date.now() - 1 });
    await ending;
    const seen = origin.connections.length;
    await tryAll(world, page);
    stores.setProxy(proxyId, { expiresAt: null, disabled: true });
    await tryAll(world, page);
    if (origin.connections.length > seen) throw new RunFailure('something came though nothing may');
    await stores.pool.close(store);
    const opened = await stores.pool.open(store).then(
      () => true,
      () => false,
    );
    if (opened) throw new RunFailure('a browser opened though its proxy is turned off');
  } finally {
    for (const one of spares) await one.stop();
  }
}

/** The page a person would look at; that there is none is no proof of anything. */
function pageOf({ stores }: World, store: number): Page {
  const page = stores.pool.contextOf(store)?.pages().at(-1);
  if (page === undefined) throw new RunFailure(`store ${store} has no page`);
  return page;
}

/** Every way of a page to connect: to the site by name, and straight to this computer, by whatever it is called. */
async function tryAll(world: World, page: Page): Promise<void> {
  const { securePort, plainPort } = world.origin;
  const targets = [
    `https://way.shop.test:${securePort}`,
    `http://way.shop.test:${plainPort}`,
    ...['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]'].map(
      (host) => `http://${host}:${plainPort}`,
    ),
    `http://169.254.169.254`,
    `http://[fe80::1]`,
  ];
  await page.evaluate(`(${reach})(${JSON.stringify(targets)}, ${JSON.stringify(world.stun.url)})`);
}
