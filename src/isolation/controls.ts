import { chromium, type Browser } from 'playwright-core';
import { startChainProxy } from '../testing/real-proxies.ts';
import { bleedsIn, canaryOf, type Found, type Tally } from './count.ts';
import { isInside, packetsOut } from './machine.ts';
import { reach, read, write } from './page.ts';
import { browserAt } from './stores.ts';
import { directOf, RunFailure, type World } from './world.ts';

/** Of all the ways a page has to connect, so many at least must be seen to work where nothing keeps them in. */
const LEAST_WAYS = 10;

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
      unresolvedAtProxy: own === null ? null : own.asked.length - before.own,
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

/** No proxy at all: the site sees this computer, its system is asked for names, and each way to connect shows itself. */
async function withoutProxy(bare: Browser, { origin, stun, say }: World): Promise<void> {
  const context = await bare.newContext();
  const page = await context.newPage();
  const name = isInside() ? 'site.shop.test' : 'localhost';
  await page.goto(`https://${name}:${origin.securePort}/page`);
  const seen = origin.hits.length;
  const targets = [`https://${name}:${origin.securePort}`, `http://127.0.0.1:${origin.plainPort}`];
  await page.evaluate(`(${reach})(${JSON.stringify(targets)}, ${JSON.stringify(stun.url)})`);
  await context.close();
  const fired = new Set(origin.hits.slice(seen).flatMap(({ query }) => query.get('what') ?? []));
  say(`controls: ways to connect that this browser takes: ${[...fired].toSorted().join(', ')}`);
  if (fired.size < LEAST_WAYS)
    throw new RunFailure(`only ${fired.size} ways to connect were seen without guards`);
}
