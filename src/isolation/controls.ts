import { chromium, type Browser } from 'playwright-core';
import { startChainProxy } from '../testing/real-proxies.ts';
import { bleedsIn, canaryOf, type Found, type Tally } from './count.ts';
import { isInside, packetsOut } from './machine.ts';
import { reach, read, write } from './page.ts';
import { browserAt } from './stores.ts';
import { directOf, type World } from './world.ts';

/** The same probes with the guards taken off: what they count then shows that they can count. */
export async function runControls(world: World): Promise<Tally['controls']> {
  const { origin, stun, own, stores, say } = world;
  say('controls: the guards are off');
  const bare = await chromium.launch({
    executablePath: browserAt(stores.dataDir),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const proxy = await startChainProxy('127.2.0.2', { username: '', password: '' });
  const before = {
    stun: stun.packets(),
    out: packetsOut() ?? 0,
    direct: directOf(origin),
    own: own?.asked.length ?? 0,
  };
  try {
    const bleeds = await sharedContext(bare, world, `http://127.0.0.1:${proxy.port}`);
    await callsBeside(bare, world, `http://127.0.0.1:${proxy.port}`);
    const strayPackets = stun.packets() - before.stun + (packetsOut() ?? 0) - before.out;
    await withoutProxy(bare, world);
    return {
      bleeds,
      strayPackets,
      directConnections: directOf(origin) - before.direct,
      // Where nobody can see who looks names up, nothing is claimed of it either.
      unresolvedAtProxy: own === null ? 1 : own.asked.length - before.own,
    };
  } finally {
    await bare.close();
    await proxy.stop();
  }
}

/** Two accounts in one context, as in one browser profile. */
async function sharedContext(bare: Browser, { origin }: World, proxy: string): Promise<number> {
  const context = await bare.newContext({ proxy: { server: proxy } });
  const page = await context.newPage();
  const url = `https://localhost:${origin.securePort}/page`;
  await page.goto(url);
  await page.evaluate(`(${write})(${JSON.stringify(canaryOf(1))})`);
  await page.goto(`${url}?as=2`);
  const seen = origin.hits.length;
  await page.evaluate(`(${read})(2)`);
  const posted = origin.hits.slice(seen).find(({ path }) => path === '/found');
  await context.close();
  return posted === undefined ? 0 : bleedsIn('control', 2, JSON.parse(posted.body) as Found).length;
}

/** A proxy, and no switch that keeps calls to it. */
async function callsBeside(bare: Browser, { origin, stun }: World, proxy: string): Promise<void> {
  const context = await bare.newContext({ proxy: { server: proxy } });
  const page = await context.newPage();
  await page.goto(`https://localhost:${origin.securePort}/page`);
  await page.evaluate(`(${reach})([], ${JSON.stringify(stun.url)})`);
  await context.close();
}

/** No proxy at all: the site sees this computer, and its system is asked for names. */
async function withoutProxy(bare: Browser, { origin }: World): Promise<void> {
  const context = await bare.newContext();
  const page = await context.newPage();
  if (isInside()) await page.goto(`https://site.shop.test:${origin.securePort}/page`).catch(() => {});
  await page.goto(`http://127.0.0.1:${origin.plainPort}/page`);
  await context.close();
}
