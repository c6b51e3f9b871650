import type { Clock } from '../base/time.ts';
import { SANDBOX_EXIT, type ConnectionBundle } from '../contract/bundle.ts';
import { adminListener } from './admin/admin.ts';
import type { Profile } from './api/types.ts';
import { Buyers } from './buyers/buyers.ts';
import { makeBundle, usualTerms, type Terms } from './bundle.ts';
import { systemClock } from '../base/system-clock.ts';
import { FaultPlan } from './faults/rules.ts';
import { LocalPort } from './http/port.ts';
import { Commits } from './journal/commits.ts';
import type { SellerEntry } from './journal/entry.ts';
import { Journal } from './journal/journal.ts';
import { ownJournal } from './journal/owner.ts';
import { replay, startOf } from './journal/restore.ts';
import { UploadFiles } from './media/uploads.ts';
import { PlatformPorts } from './ports.ts';
import { Pusher } from './push/pusher.ts';
import { SandboxRefusal } from './refusal.ts';
import { fingerprint } from './world/fingerprint.ts';
import type { Shop } from './world/model.ts';
import { generateWorld } from './world/generate.ts';
import type { World } from './world/world.ts';

/** How to start a sandbox; everything has a default. */
export interface SandboxOptions {
  /** The world's seed; default `demo`. */
  readonly seed?: string;
  /** The admin's port; the platforms take the next three, their seller centres the six after. Default: any free ones. */
  readonly port?: number;
  readonly profile?: Profile;
  /**
   * Keeps the journal here, uploaded pictures in a folder beside it, and restores the world from them if they exist.
   * Default: a temporary file.
   */
  readonly journalFile?: string;
  /** The moment the generated past leads up to, UTC milliseconds; default: now, to the minute. */
  readonly baseAt?: number;
  /** A buyer writes by itself about this often, milliseconds; null: never. Default 8000. */
  readonly writeEveryMs?: number | null;
  /** Whether buyers answer what the shop sends; default true. */
  readonly answers?: boolean;
  /** Lifetime of access tokens, milliseconds; default as documented. */
  readonly accessTokenMs?: number;
  /** A send that was accepted late is promised to show within this time, milliseconds. Default 20,000. */
  readonly settleMs?: number;
  /** How often clients are told to read, milliseconds. Default 1500 to 5000. */
  readonly poll?: { readonly minMs: number; readonly maxMs: number };
  readonly clock?: Clock;
}

/** A sandbox that is up. */
export interface RunningSandbox {
  /** Addresses, keys, shops and their present tokens. */
  readonly bundle: ConnectionBundle;
  readonly adminUrl: string;
  readonly journalUrl: string;
  /** The file behind `journalUrl`. */
  readonly journalFile: string;
  /** Closes every port and the journal; a temporary journal is deleted. */
  stop(): Promise<void>;
}

const MINUTE = 60_000;

/** The world at this start: new, or as the journal left it. Seed and past of an existing journal must fit. */
function makeWorld(options: SandboxOptions, journal: Journal, clock: Clock): World {
  const before = startOf(journal.restored);
  if (before !== null && options.seed !== undefined && options.seed !== before.seed) {
    throw new Error(`The journal ${journal.path} belongs to seed "${before.seed}", not "${options.seed}".`);
  }
  const seed = before?.seed ?? options.seed ?? 'demo';
  const baseAt = before?.baseAt ?? options.baseAt ?? Math.floor(clock.now() / MINUTE) * MINUTE;
  const world = generateWorld({ seed, baseAt, accessTokenMs: options.accessTokenMs ?? null });
  const print = fingerprint(world);
  if (before === null) journal.append({ kind: 'start', at: clock.now(), seed, baseAt, world: print });
  else if (before.world !== print) {
    throw new SandboxRefusal(
      `The journal ${journal.path} was begun by another version of the sandbox, whose past was another one; ` +
        'start with a new journal.',
      SANDBOX_EXIT.otherWorld,
    );
  }
  replay(world, journal.restored);
  return world;
}

/** A continued world may be so old that no refresh token is good any more: then the shop signs in again by itself. */
function renewTokens(world: World, commits: Commits, at: number): void {
  for (const shop of world.shops) {
    const { current } = world.tokens(shop);
    const now = world.timeOf(shop.platform, at);
    if (now < current.refreshExpiresAt) continue;
    const { key, platform, shopId } = shop;
    const effect = { kind: 'tokens', shop: key, generation: current.generation + 1, at: now } as const;
    commits.commit({ kind: 'renewal', at, platform, shopId, effects: [effect] });
  }
}

/**
 * Starts the stand-ins for Shopee, Lazada and TikTok Shop on 127.0.0.1.
 * Throws when a port is taken or the journal can't be used; `SandboxRefusal` when another sandbox has it open, or
 * when this version makes another past from its seed.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const clock = options.clock ?? systemClock;
  const letGo = options.journalFile === undefined ? () => {} : await ownJournal(options.journalFile);
  let journal: Journal | undefined;
  const close = (): void => {
    journal?.close();
    letGo();
  };
  try {
    journal = new Journal(options.journalFile ?? null);
    return await open(options, clock, journal, close);
  } catch (error) {
    close();
    throw error;
  }
}

async function open(
  options: SandboxOptions,
  clock: Clock,
  journal: Journal,
  close: () => void,
): Promise<RunningSandbox> {
  const world = makeWorld(options, journal, clock);
  const faults = new FaultPlan();
  const commits = new Commits(world, journal, clock);
  renewTokens(world, commits, clock.now());
  const manner = {
    writeEveryMs: options.writeEveryMs === undefined ? 8000 : options.writeEveryMs,
    answers: options.answers ?? true,
  };
  const buyers = new Buyers({ world, commits, faults, clock }, manner, journal.lastSeq);
  const port = options.port ?? 0;
  const profile = options.profile ?? 'loose';
  const ports = new PlatformPorts({
    world,
    commits,
    faults,
    files: new UploadFiles(`${journal.path}.files`),
    clock,
    profile,
    firstPort: port === 0 ? 0 : port + 1,
  });
  const pusher = new Pusher({ world, commits, faults, clock, platforms: ports.parts });
  const { settleMs, poll } = options;
  const terms: Terms = { ...usualTerms, ...(settleMs === undefined ? {} : { settleMs }), ...poll, profile };
  const bundle = (): ConnectionBundle => makeBundle(world, admin.url, ports.addresses, terms);
  const admin = new LocalPort(
    adminListener({
      world,
      journal,
      faults,
      buyers,
      pusher,
      setClock: (platform, aheadMs) =>
        commits.commit({
          kind: 'clock',
          at: clock.now(),
          platform,
          effects: [{ kind: 'clock', platform, aheadMs }],
        }),
      goAway: (platform, ms) => ports.goAway(platform, ms),
      comeBack: () => ports.open(),
      setManner: (platform, manner) => ports.setManner(platform, manner),
      sellerCommand: (shop, what) => commits.commit(sellerEntry(shop, what, clock.now())),
      bundle,
    }),
    port,
  );
  const stop = async (): Promise<void> => {
    buyers.stop();
    commits.stop();
    await Promise.all([admin.close(), ports.close(), pusher.stop()]);
    close();
  };
  try {
    await admin.open();
    await ports.open();
  } catch (error) {
    await Promise.all([admin.close(), ports.close()]);
    throw error;
  }
  commits.settle();
  buyers.start();
  pusher.start();
  const atStart = bundle();
  return {
    bundle: atStart,
    adminUrl: admin.url,
    journalUrl: `${admin.url}/journal`,
    journalFile: journal.path,
    stop,
  };
}

/** A command about a shop's sellers, as the journal keeps it. */
function sellerEntry({ key, platform, site }: Shop, what: 'end' | 'verify', at: number): SellerEntry {
  const effect =
    what === 'end'
      ? ({ kind: 'seller-end', shop: key } as const)
      : ({ kind: 'seller-verify', shop: key, isDue: true } as const);
  const where = { platform, site, from: '', method: 'COMMAND', path: what };
  return { kind: 'seller', at, ...where, user: null, status: 0, effects: [effect] };
}
