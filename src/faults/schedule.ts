import { platformIds, type PlatformId } from '../contract/models.ts';
import type { FaultKind } from '../sandbox/faults/rules.ts';
import { createPrng, type Prng } from '../sandbox/world/prng.ts';

/** What can be killed. The host takes engine and sandbox with it. */
export type Victim = 'engine' | 'host' | 'sandbox';

/** How an engine dies: at some moment, or at its nth write to a file from then on: inside a transaction. */
export type Death = { readonly how: 'now' } | { readonly how: 'in-write'; readonly nth: number };

/** One thing that is done to the parts of a run. */
export type Action =
  | {
      readonly kind: 'fault';
      readonly fault: FaultKind;
      readonly platform: PlatformId;
      readonly path: string;
      readonly ms?: number;
      readonly accept?: boolean;
    }
  | { readonly kind: 'away'; readonly platforms: readonly PlatformId[]; readonly ms: number }
  | { readonly kind: 'kill'; readonly victim: Victim; readonly death: Death }
  /** A backup is begun, and the engine dies this long after. */
  | { readonly kind: 'kill-in-backup'; readonly afterMs: number }
  | { readonly kind: 'backup' }
  /** The engine's clock is this far off from now on. */
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** A platform's clock is this far ahead of the machine's from now on. */
  | { readonly kind: 'platform-clock'; readonly platform: PlatformId; readonly aheadMs: number }
  /** No byte more can be written to DATA for so long. */
  | { readonly kind: 'full-disk'; readonly ms: number }
  /** So many buyers write at once. */
  | { readonly kind: 'buyers'; readonly writers: number };

/** An action, and when: `afterMs` after the send with this number was enqueued. */
export interface Step {
  readonly at: number;
  readonly afterMs: number;
  readonly action: Action;
}

/** Everything that is done to a run. A pure function of its size, seed and kills. */
export interface Schedule {
  /** The engine's deaths while it brings its database up to date at its first starts. */
  readonly firstStarts: readonly Death[];
  readonly steps: readonly Step[];
}

/** What a send can meet, as often as it stands here. */
const sendFaults: readonly Omit<Extract<Action, { kind: 'fault' }>, 'platform' | 'kind' | 'path'>[] = [
  { fault: 'drop-after-accept' },
  { fault: 'drop-after-accept' },
  { fault: 'drop-after-accept', ms: 400 },
  { fault: 'cut-before' },
  { fault: 'cut-before' },
  { fault: 'cut-body' },
  { fault: 'cut-body' },
  { fault: 'garbage' },
  { fault: 'odd-fields' },
  { fault: 'delay', ms: 800 },
  { fault: 'rate-limit' },
  { fault: 'error' },
  { fault: 'error', accept: true },
  { fault: 'http-500' },
  { fault: 'http-500', accept: true },
  { fault: 'expire-token' },
  { fault: 'accept-late', ms: 300 },
  { fault: 'accept-late', ms: 900 },
];
/** What the upload of a picture can meet. */
const uploadFaults: readonly Omit<Extract<Action, { kind: 'fault' }>, 'platform' | 'kind' | 'path'>[] = [
  { fault: 'cut-before' },
  { fault: 'drop-after-accept' },
  { fault: 'cut-body' },
  { fault: 'garbage' },
  { fault: 'odd-fields' },
  { fault: 'delay', ms: 800 },
  { fault: 'rate-limit' },
  { fault: 'error' },
  { fault: 'error', accept: true },
  { fault: 'http-500' },
  { fault: 'http-500', accept: true },
  { fault: 'expire-token' },
  { fault: 'refuse' },
];
const readFaults: readonly FaultKind[] = ['cut-before', 'garbage', 'odd-fields', 'http-500', 'rate-limit'];
const reads = ['list', 'history', 'get', 'refresh'] as const;

/** Sends that meet a fault of their own, roughly. */
const SHARE = 0.25;
/** The same of their uploads: about every other picture meets one. */
const UPLOAD_SHARE = 0.03;
/** Longer than any client waits for an answer; each costs that long. Milliseconds. */
const PAST_TIME_OUT_MS = 23_000;
/** The same of an upload, which clients give more time. */
const PAST_UPLOAD_MS = 63_000;

const death = (prng: Prng): Death =>
  prng.chance(0.5) ? { how: 'in-write', nth: prng.int(1, 12) } : { how: 'now' };

function kill(prng: Prng): Action {
  const share = prng.next();
  if (share < 0.1) return { kind: 'kill-in-backup', afterMs: prng.int(0, 60) };
  // Often: a host that saw its engine die many times waits longer and longer, and the run with it.
  if (share < 0.45) return { kind: 'kill', victim: 'host', death: { how: 'now' } };
  if (share < 0.62) return { kind: 'kill', victim: 'sandbox', death: { how: 'now' } };
  return { kind: 'kill', victim: 'engine', death: death(prng) };
}

function jump(prng: Prng): Action {
  const minutes = prng.pick([0, 1, 5, 30, 180, 1_440, -1, -5, -30, -180, -1_440]);
  return { kind: 'clock', offsetMs: minutes * 60_000 + prng.int(-20_000, 20_000) };
}

/**
 * Within the window in which requests are taken, and outside of it (Shopee and TikTok Shop: minutes, TikTok Shop ahead
 * of its clock: half a minute, Lazada: two hours).
 */
function platformJump(prng: Prng): Action {
  const seconds = prng.pick([
    0, 0, 2, -2, 20, -20, 100, -100, 240, -240, 480, -480, 900, -900, 9_000, -9_000,
  ]);
  const aheadMs = seconds * 1000 + prng.int(-900, 900);
  return { kind: 'platform-clock', platform: prng.pick(platformIds), aheadMs };
}

function uploadFault(prng: Prng): Action {
  const path = 'upload';
  return { kind: 'fault', ...prng.pick(uploadFaults), platform: prng.pick(platformIds), path };
}

function sendFault(prng: Prng): Action {
  const path = 'send';
  return { kind: 'fault', ...prng.pick(sendFaults), platform: prng.pick(platformIds), path };
}

function readFault(prng: Prng): Action {
  const fault = prng.pick(readFaults);
  return { kind: 'fault', fault, platform: prng.pick(platformIds), path: prng.pick(reads) };
}

function awayFor(prng: Prng): Action {
  const platforms = prng.chance(0.5) ? platformIds : [prng.pick(platformIds)];
  return { kind: 'away', platforms, ms: prng.int(500, 4_000) };
}

/** `size` sends; `kills` in all, of which the first few fall into the first starts. */
export function makeSchedule(size: number, seed: string, kills: number): Schedule {
  const prng = createPrng(`counterdesk-faults/${seed}/${size}/${kills}`);
  const steps: Step[] = [];
  /** So many of a kind, each at a place of its own among the sends. */
  const spread = (name: string, times: number, make: (own: Prng) => Action): void => {
    const own = prng.fork(name);
    for (let turn = 0; turn < times; turn += 1) {
      const at = Math.floor(((turn + own.next()) * size) / times);
      steps.push({ at, afterMs: own.int(0, 300), action: make(own) });
    }
  };
  const inStarts = Math.min(8, Math.floor(kills / 6));
  const starts = prng.fork('first-starts');
  const firstStarts = Array.from({ length: inStarts }, (): Death => ({
    how: 'in-write',
    nth: starts.int(1, 120),
  }));
  spread('kills', kills - inStarts, kill);
  spread('send', Math.round(size * SHARE), sendFault);
  spread('read', Math.round(size * 0.03), readFault);
  spread('refuse', Math.round(size * 0.01), (own) => ({
    kind: 'fault',
    fault: 'refuse',
    platform: own.pick(platformIds),
    path: 'send',
  }));
  spread('slow', Math.ceil(size / 400), (own) => ({
    kind: 'fault',
    fault: 'delay',
    platform: own.pick(platformIds),
    path: 'send',
    ms: PAST_TIME_OUT_MS,
  }));
  spread('upload', Math.ceil(size * UPLOAD_SHARE), uploadFault);
  spread('slow-upload', Math.floor(size / 400), (own) => ({
    kind: 'fault',
    fault: 'delay',
    platform: own.pick(platformIds),
    path: 'upload',
    ms: PAST_UPLOAD_MS,
  }));
  spread('twice', Math.ceil(size * 0.02), (own) => ({
    kind: 'fault',
    fault: 'listed-twice',
    platform: own.pick(platformIds),
    path: own.pick(['list', 'history']),
  }));
  spread('late', Math.ceil(size / 60), (own) => ({
    kind: 'fault',
    fault: 'shown-late',
    platform: own.pick(platformIds),
    path: 'buyer',
    ms: own.int(500, 6_000),
  }));
  spread('platform-clock', Math.ceil(size / 120), platformJump);
  spread('away', Math.ceil(size / 120), awayFor);
  spread('clock', Math.ceil(size / 100), jump);
  spread('full-disk', Math.ceil(size / 500), (own) => ({ kind: 'full-disk', ms: own.int(500, 3_000) }));
  spread('buyers', Math.ceil(size / 40), (own) => ({ kind: 'buyers', writers: own.int(1, 6) }));
  spread('backups', Math.ceil(size / 400), () => ({ kind: 'backup' }));
  return { firstStarts, steps: steps.sort((a, b) => a.at - b.at) };
}

/** Deaths a schedule holds. */
export function killsOf({ firstStarts, steps }: Schedule): number {
  return firstStarts.length + steps.filter(({ action }) => action.kind.startsWith('kill')).length;
}
