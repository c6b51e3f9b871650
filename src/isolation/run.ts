import { runControls } from './controls.ts';
import type { Bleed, Tally } from './count.ts';
import { startNameServer } from './dns.ts';
import { startExits } from './exits.ts';
import { isInside, OWN_NAMES, packetsOut, PROXY_NAMES } from './machine.ts';
import { runMatrix } from './matrix.ts';
import { startOrigin } from './origin.ts';
import { runReaching } from './reaching.ts';
import { openStores } from './stores.ts';
import { startStun } from './stun.ts';
import { directOf, type World } from './world.ts';

/** Looks of each store at each other in a phase: six places of the page, cookies sent, sign-in by HTTP, connections, downloads. */
const LOOKED_AT = 10;

/** HSTS is looked for of the next store alone: each look takes a page of its own. */
function pairsOf(stores: number, phases: number): number {
  return phases * (stores * (stores - 1) * LOOKED_AT + stores);
}

export interface Report {
  readonly tally: Tally;
  readonly bleeds: readonly Bleed[];
  readonly notes: readonly string[];
}

/** Runs everything over so many stores. `say` hears how it goes. */
export async function runIsolation(count: number, say: (text: string) => void): Promise<Report> {
  const own = isInside() ? await startNameServer(OWN_NAMES) : null;
  const atProxies = isInside() ? await startNameServer(PROXY_NAMES) : null;
  const origin = await startOrigin();
  const stun = await startStun();
  const { exits, stop } = await startExits(count);
  const stores = await openStores(count);
  const world: World = { origin, stun, own, atProxies, stores, exits, say };
  try {
    for (const [index, exit] of exits.entries()) stores.bind(index + 1, exit);
    const out = packetsOut() ?? 0;
    const matrix = await runMatrix(world, count);
    await runReaching(world, count);
    const figures = {
      strayPackets: stun.packets() + (packetsOut() ?? 0) - out,
      directConnections: directOf(origin),
      unresolvedAtProxy: lookedUpElsewhere(world),
    };
    const controls = await runControls(world);
    const pairs = pairsOf(count, matrix.phases);
    const tally = { stores: count, pairs, bleeds: matrix.bleeds.length, ...figures, controls };
    return { tally, bleeds: matrix.bleeds, notes: notesOf() };
  } finally {
    await stores.stop();
    await stop();
    await Promise.all([origin.stop(), stun.stop(), own?.stop(), atProxies?.stop()]);
  }
}

function notesOf(): string[] {
  if (isInside()) return [];
  return [
    'LEFT OUT, for this machine gives no network of its own (Linux, root, unshare and ip do): packets that leave the ' +
      'computer, names looked up by the system, proxies by programs other than our own.',
  ];
}

/** Names that were looked up here, and those used that no proxy's own name server was asked for. */
function lookedUpElsewhere({ own, atProxies }: World): number | null {
  if (own === null || atProxies === null) return null;
  const missed = ['site', 'auth', 'hsts-1', 'way'].filter(
    (name) => !atProxies.asked.includes(`${name}.shop.test`),
  );
  return own.asked.length + missed.length;
}
