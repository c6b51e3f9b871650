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
  const page = await openPage(world, store);
  const spare = await startChainProxy(
    '127.2.0.1',
    { username: 'spare', password: HARD_PASSWORD },
    isInside() ? { lookup: lookupAtProxy() } : {},
  );
  try {
    say('never direct: while its proxy dies');
    const dying = tryAll(world, page);
    await exits[store - 1]?.stop();
    await dying;
    await tryAll(world, page);
    await firstPaint(world, store);
    say('never direct: while it is swapped');
    const swapping = tryAll(world, page);
    const proxyId = stores.bind(store, spare);
    await swapping;
    say('never direct: at its end, and while it is turned off');
    const ending = tryAll(world, page);
    stores.setProxy(proxyId, { expiresAt: Date.now() - 1 });
    await ending;
    await firstPaint(world, store);
    stores.setProxy(proxyId, { expiresAt: null, disabled: true });
    await tryAll(world, page);
  } finally {
    await spare.stop();
  }
}

/** A page opened while nothing can go out, from the browser's start on. */
async function firstPaint(world: World, store: number): Promise<void> {
  const { pool } = world.stores;
  await pool.close(store);
  await pool.open(store, { url: `${site(world, 'way')}/page` }).catch(() => {});
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
  await page
    .evaluate(`(${reach})(${JSON.stringify(targets)}, ${JSON.stringify(world.stun.url)})`)
    .catch(() => {});
}
