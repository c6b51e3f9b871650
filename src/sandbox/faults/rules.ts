import { platformIds, type PlatformId } from '../../contract/models.ts';
import { asInteger, asRecord, asText } from '../api/json.ts';
import type { CallInfo } from '../api/types.ts';

/** What can be made to go wrong. */
export const faultKinds = [
  /** Handled; the answer comes `ms` later. */
  'delay',
  /** Handled; the line is cut instead of answering. */
  'drop-after-accept',
  /** Handled; the line is cut in the middle of the answer. */
  'cut-body',
  /** Not handled; the line is cut. */
  'cut-before',
  /** Not handled (unless `accept`); the platform's "something went wrong", or `code`. */
  'error',
  /** Not handled; the platform's refusal of the request itself, or `code`. */
  'refuse',
  /** Not handled; the platform's limit. */
  'rate-limit',
  /** The shop's access tokens die now; the request meets that. */
  'expire-token',
  /** Handled; the answer is JSON torn in half. */
  'garbage',
  /** Handled; fields of the answer are missing or of another type. */
  'odd-fields',
  /** The line is cut; the message shows `ms` later. */
  'accept-late',
  /** Handled; the answer's lists name conversations and messages more than once. */
  'listed-twice',
  /** What a buyer writes shows `ms` later, with the time and in the place it was written. */
  'shown-late',
  /** Not handled (unless `accept`); HTTP 500 with a page of HTML. */
  'http-500',
  /** The platform's port is closed for `ms`, or until faults are cleared. */
  'away',
  /** A push is never delivered. */
  'push-lost',
  /** A push is delivered twice. */
  'push-twice',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One order to misbehave. Null means "any". */
export interface FaultRule {
  readonly id: number;
  readonly kind: FaultKind;
  readonly platform: PlatformId | null;
  readonly shopId: string | null;
  /** A call's name (`send`, `list`, ...), or the beginning of a path. Null leaves pictures alone. */
  readonly path: string | null;
  /** How often it still applies; null until it is removed. */
  times: number | null;
  readonly ms: number;
  readonly code: string | null;
  readonly message: string | null;
  /** For `error` and `http-500`: the request takes effect all the same. */
  readonly accept: boolean;
  /** How often it was applied. */
  hits: number;
}

const DEFAULT_MS: Partial<Record<FaultKind, number>> = {
  delay: 2000,
  'accept-late': 8000,
  'shown-late': 8000,
};
/** What no request meets. */
const apart: ReadonlySet<FaultKind> = new Set<FaultKind>(['push-lost', 'push-twice', 'shown-late']);
/** What a picture meets: it has no words of a platform, no tokens and nothing that could happen. */
const pictureKinds: ReadonlySet<FaultKind> = new Set<FaultKind>(['delay', 'cut-before', 'http-500']);
const MAX_MS = 3_600_000;

function oneOf<T extends string>(list: readonly T[], value: unknown): T | undefined {
  return list.find((candidate) => candidate === value);
}

/** Reads an order; answers a sentence saying what is wrong with it. */
export function readFault(input: unknown, id: number): FaultRule | string {
  const fields = asRecord(input);
  if (fields === null) return 'A fault is a JSON object.';
  const kind = oneOf(faultKinds, fields['kind']);
  if (kind === undefined) return `kind must be one of ${faultKinds.join(', ')}.`;
  const platform = oneOf(platformIds, fields['platform']) ?? null;
  if (fields['platform'] != null && platform === null)
    return `platform must be one of ${platformIds.join(', ')}.`;
  if (kind === 'away' && platform === null) return 'away needs a platform.';
  const times = fields['times'] === undefined ? 1 : asInteger(fields['times']);
  if (times !== null && times < 1) return 'times must be 1 or more, or null for always.';
  const ms = fields['ms'] === undefined ? (DEFAULT_MS[kind] ?? 0) : asInteger(fields['ms']);
  if (ms === null || ms < 0 || ms > MAX_MS) return `ms must be between 0 and ${MAX_MS}.`;
  return {
    id,
    kind,
    platform,
    shopId: asText(fields['shopId']),
    path: asText(fields['path']),
    times,
    ms,
    code: asText(fields['code']),
    message: asText(fields['message']),
    accept: fields['accept'] === true,
    hits: 0,
  };
}

/** The orders that stand, first come first served. */
export class FaultPlan {
  #rules: FaultRule[] = [];
  #last = 0;

  get rules(): readonly FaultRule[] {
    return this.#rules;
  }

  /** Adds an order; answers it, or a sentence saying what is wrong with it. */
  add(input: unknown): FaultRule | string {
    const rule = readFault(input, this.#last + 1);
    if (typeof rule === 'string') return rule;
    this.#last = rule.id;
    if (rule.kind !== 'away') this.#rules.push(rule);
    return rule;
  }

  /** Removes one order, or all. */
  clear(id: number | null): void {
    this.#rules = id === null ? [] : this.#rules.filter((rule) => rule.id !== id);
  }

  /** The order that applies to a request, counted as applied. */
  take(platform: PlatformId, info: CallInfo, path: string): FaultRule | null {
    return this.#use((rule) => !apart.has(rule.kind) && fits(rule, platform, info.shopId, info.call, path));
  }

  /** The same for a picture, which only some orders can be obeyed for. */
  takePicture(platform: PlatformId, path: string): FaultRule | null {
    return this.#use((rule) => pictureKinds.has(rule.kind) && fits(rule, platform, null, 'image', path));
  }

  /** The same for a push about to be delivered. */
  takePush(platform: PlatformId, shopId: string): FaultRule | null {
    return this.#use((rule) => rule.kind.startsWith('push-') && fits(rule, platform, shopId, 'push', ''));
  }

  /** The same for what a buyer is about to write. */
  takeBuyer(platform: PlatformId, shopId: string): FaultRule | null {
    return this.#use((rule) => rule.kind === 'shown-late' && fits(rule, platform, shopId, 'buyer', ''));
  }

  #use(suits: (rule: FaultRule) => boolean): FaultRule | null {
    const rule = this.#rules.find(suits);
    if (rule === undefined) return null;
    rule.hits += 1;
    if (rule.times !== null) rule.times -= 1;
    if (rule.times === 0) this.clear(rule.id);
    return rule;
  }
}

function fits(
  rule: FaultRule,
  platform: PlatformId,
  shopId: string | null,
  call: string,
  path: string,
): boolean {
  if (rule.platform !== null && rule.platform !== platform) return false;
  if (rule.shopId !== null && rule.shopId !== shopId) return false;
  if (rule.path === null) return call !== 'image';
  return rule.path === call || (rule.path.startsWith('/') && path.startsWith(rule.path));
}
