import { readdirSync, readFileSync } from 'node:fs';
import { waitUntil } from '../testing/wait-until.ts';
import { bleedsIn, canaryOf, missingIn, sharedConnections, type Bleed, type Found } from './count.ts';
import { egressOf } from './exits.ts';
import { read, write } from './page.ts';
import type { Stores } from './stores.ts';
import { inPage, openPage, RunFailure, site, type World } from './world.ts';

/** Where a store finds its own canary again, by what it went through meanwhile. */
const KEPT_ASLEEP = ['cookie', 'localStorage', 'indexedDB', 'cache', 'serviceWorker'];
/** Where one that was cleared finds nothing; its downloads stay. */
const FORGOTTEN = [...KEPT_ASLEEP, 'sessionStorage', 'cookieSent', 'auth', 'hsts'];
const KEPT_ON_DISK = ['cookie', 'localStorage', 'indexedDB'];
/** Each leaves what it can, then each looks for everybody's: before and after all that may happen to a browser. */
export async function runMatrix(world: World, count: number): Promise<{ bleeds: Bleed[]; phases: number }> {
  const { stores, say } = world;
  const all = Array.from({ length: count }, (_, index) => index + 1);
  const bleeds: Bleed[] = [];
  let phases = 0;
  const phase = async (
    name: string,
    places: readonly string[],
    without: readonly number[] = [],
  ): Promise<void> => {
    say(`matrix: ${name}`);
    phases += 1;
    for (const store of all) {
      const found = await lookFrom(world, store);
      bleeds.push(...bleedsIn(name, store, found));
      const missing = missingIn(store, found, without.includes(store) ? [] : places);
      if (missing.length > 0)
        throw new RunFailure(`${name}: store ${store} finds its own no more: ${missing.join(', ')}`);
      const left = without.includes(store) ? FORGOTTEN.filter((place) => found[place] != null) : [];
      if (left.length > 0)
        throw new RunFailure(`${name}: store ${store} was cleared and still has ${left.join(', ')}`);
    }
    bleeds.push(...sharedConnections(name, world.origin.hits));
    checkOwnWay(world);
  };

  for (const store of all) await leaveFrom(world, store);
  await phase('open', [...KEPT_ASLEEP, 'auth', 'hsts', 'download']);
  for (const store of all) await stores.pool.sleep(store);
  await phase('after sleep', [...KEPT_ASLEEP, 'auth', 'hsts', 'download']);
  await stores.restart();
  await phase('after a restart', [...KEPT_ON_DISK, 'download']);
  for (const store of all) await stores.pool.save(store);
  await killBrowser(stores, all);
  await phase('after Chromium was killed', [...KEPT_ON_DISK, 'download']);
  await stores.pool.clear(1);
  await phase('after clearing store 1', [...KEPT_ON_DISK, 'download'], [1]);
  await leaveFrom(world, 1);
  await phase('after store 1 came back', ['cookie', 'localStorage', 'download']);
  return { bleeds, phases };
}

/** Every request of a store came by its own proxy. */
function checkOwnWay({ origin }: World): void {
  const foreign = origin.hits.find(({ query, from }) => {
    const store = Number(query.get('store') ?? 'NaN');
    return Number.isInteger(store) && from !== egressOf(store) && !from.startsWith('127.2.');
  });
  if (foreign !== undefined) {
    throw new RunFailure(`store ${foreign.query.get('store')} came from ${foreign.from}: ${foreign.path}`);
  }
}

async function leaveFrom(world: World, store: number): Promise<void> {
  const canary = canaryOf(store);
  const page = await openPage(world, store);
  await page.evaluate(`(${write})(${JSON.stringify(canary)})`);
  const context = page.context();
  await context.setHTTPCredentials({ username: canary, password: 'x' });
  await inPage(context, `${site(world, 'auth')}/auth?store=${store}`);
  await context.setHTTPCredentials(null);
  await inPage(context, `${site(world, `hsts-${store}`)}/hsts?store=${store}`);
  const download = page.waitForEvent('download');
  await page.evaluate(`(() => { location.href = '/file?store=${store}'; })()`);
  await download;
  const name = `canary-${store}.txt`;
  await waitUntil('the file is there', () => filesOf(world, store).includes(name), 20_000);
}

/** What this store finds of anybody's; told to the site by the page, and read from what the site got. */
async function lookFrom(world: World, store: number): Promise<Found> {
  const { origin } = world;
  const seen = origin.hits.length;
  const page = await openPage(world, store);
  await page.evaluate(`(${read})(${store})`);
  const context = page.context();
  await inPage(context, `${site(world, 'auth')}/auth?store=${store}`);
  // Plain to a secure port: it gets there only where the browser knows that the name is to be spoken to securely. Each
  // store tells that of a name of its own, and looks for it and for the next one's.
  const next = (store % world.exits.length) + 1;
  for (const owner of [store, next]) {
    const plain = site(world, `hsts-${owner}`).replace('https:', 'http:');
    await inPage(context, `${plain}/plain?store=${store}&of=${owner}`);
  }
  const hits = origin.hits.slice(seen).filter(({ query }) => query.get('store') === String(store));
  const posted = hits.find(({ path }) => path === '/found');
  if (posted === undefined) throw new RunFailure(`store ${store} told nothing`);
  const auth = hits.findLast(({ path }) => path === '/auth')?.authorization ?? '';
  const secure = hits.filter(({ path, isSecure }) => path === '/plain' && isSecure);
  const isSecure = (owner: number): boolean => secure.some(({ query }) => query.get('of') === String(owner));
  const cookies = hits.map(({ cookie }) => cookie).filter((cookie) => cookie !== '');
  return {
    ...(JSON.parse(posted.body) as Found),
    ...(cookies.length === 0 ? {} : { cookieSent: cookies.join(' ') }),
    auth: auth === '' ? null : Buffer.from(auth.replace('Basic ', ''), 'base64').toString('utf8'),
    hsts: isSecure(store) ? canaryOf(store) : null,
    hstsOfNext: isSecure(next) ? canaryOf(next) : null,
    download:
      filesOf(world, store)
        .map((name) => readFileSync(`${world.stores.pool.downloadsOf(store)}/${name}`, 'utf8'))
        .map((text) => text.replace(/canary (\d+)/, 'canary-$1-end'))
        .join(' ') || null,
  };
}

function filesOf({ stores }: World, store: number): string[] {
  try {
    return readdirSync(stores.pool.downloadsOf(store));
  } catch {
    return [];
  }
}

async function killBrowser(stores: Stores, all: readonly number[]): Promise<void> {
  const session = await stores.pool.contextOf(1)?.browser()?.newBrowserCDPSession();
  const found = await session?.send('SystemInfo.getProcessInfo');
  const first = found?.processInfo.find((one) => one.type === 'browser');
  if (first === undefined) throw new RunFailure('no browser runs');
  process.kill(first.id, 'SIGKILL');
  await waitUntil(
    'the crash is noticed',
    () => all.every((store) => stores.pool.of(store).state !== 'open'),
    30_000,
  );
  await waitUntil(
    'all are back',
    () => all.every((store) => stores.pool.of(store).state === 'open'),
    120_000,
  );
}
