import type { Clock } from '../../base/time.ts';
import type { FaultPlan, FaultRule } from '../faults/rules.ts';
import type { RateLimits } from '../faults/limits.ts';
import { listTwice } from '../faults/listed-twice.ts';
import { oddFields } from '../faults/odd.ts';
import type { Effect } from '../world/effects.ts';
import type { World } from '../world/world.ts';
import type { ApiAnswer, ApiRequest, CallInfo, PlatformApi } from './types.ts';

/** What deciding on a request needs. */
export interface ExchangeParts {
  readonly api: PlatformApi;
  readonly world: World;
  readonly faults: FaultPlan;
  readonly limits: RateLimits;
  readonly clock: Clock;
}

/** How an answer reaches the client. */
export type Delivery = 'whole' | 'cut' | 'half' | 'torn' | 'html-500';

/** What was decided: what changes, what goes back, and how. Nothing of it has happened yet. */
export interface Decision {
  readonly info: CallInfo;
  readonly fault: FaultRule | null;
  readonly answer: ApiAnswer;
  readonly delivery: Delivery;
  readonly delayMs: number;
  /** For the journal. */
  readonly outcome: string;
  readonly effects: readonly Effect[];
}

function nothing(): ApiAnswer {
  return { status: 0, json: null, outcome: 'cut', effects: [], messageId: null };
}

/** Delays the showing of every message an answer makes. */
function late(effects: readonly Effect[], showsAt: number): Effect[] {
  return effects.map((effect) =>
    effect.kind === 'message' ? { ...effect, message: { ...effect.message, showsAt } } : effect,
  );
}

/** Decides on a request: limits first, then a fault if one was ordered, else the platform's own answer. */
export function decide(parts: ExchangeParts, request: ApiRequest): Decision {
  const { api, world, faults, limits } = parts;
  const info = api.identify(request);
  const fault = faults.take(api.platform, info, request.path);
  const normal = (answer: ApiAnswer): Decision => ({
    info,
    fault,
    answer,
    delivery: 'whole',
    delayMs: 0,
    outcome: answer.outcome,
    effects: answer.effects,
  });
  if (fault === null) {
    const allowed = limits.allows(api.platform, info.shopId, request.at);
    return normal(allowed ? api.answer(request, info) : api.refusal('rate-limit', null, null));
  }
  return { ...normal(nothing()), ...misbehave(api, world, request, info, fault) };
}

type Misbehaviour = Pick<Decision, 'answer'> & Partial<Decision>;

function misbehave(
  api: PlatformApi,
  world: World,
  request: ApiRequest,
  info: CallInfo,
  fault: FaultRule,
): Misbehaviour {
  const handled = (): Misbehaviour => {
    const answer = api.answer(request, info);
    return { answer, outcome: answer.outcome, effects: answer.effects };
  };
  /** The refusal goes out; if so ordered, what was asked for happens all the same. */
  const instead = (answer: ApiAnswer): Misbehaviour => {
    if (!fault.accept) return { answer, outcome: answer.outcome };
    const { effects, messageId } = api.answer(request, info);
    return { answer: { ...answer, messageId }, effects, outcome: answer.outcome };
  };
  switch (fault.kind) {
    case 'delay':
      return { ...handled(), delayMs: fault.ms };
    case 'drop-after-accept':
      return { ...handled(), delivery: 'cut', delayMs: fault.ms };
    case 'cut-body':
      return { ...handled(), delivery: 'half' };
    case 'garbage':
      return { ...handled(), delivery: 'torn' };
    case 'odd-fields': {
      const { answer, ...rest } = handled();
      return { ...rest, answer: { ...answer, json: oddFields(answer.json) } };
    }
    case 'listed-twice': {
      const { answer, ...rest } = handled();
      return { ...rest, answer: { ...answer, json: listTwice(answer.json) } };
    }
    case 'accept-late': {
      const { answer, effects = [], ...rest } = handled();
      return { ...rest, answer, effects: late(effects, request.at + fault.ms), delivery: 'cut' };
    }
    case 'expire-token':
      return expire(world, api, request, info);
    case 'http-500':
      return { ...instead({ ...nothing(), status: 500, outcome: 'http-500' }), delivery: 'html-500' };
    case 'error':
      return instead(api.refusal('error', fault.code, fault.message));
    case 'refuse':
    case 'rate-limit': {
      const answer = api.refusal(fault.kind, fault.code, fault.message);
      return { answer, outcome: answer.outcome };
    }
    default:
      return { answer: nothing(), delivery: 'cut', outcome: 'cut' };
  }
}

function expire(world: World, api: PlatformApi, request: ApiRequest, info: CallInfo): Misbehaviour {
  const shop = info.shopId === null ? undefined : world.shop(api.platform, info.shopId);
  if (shop === undefined) {
    const answer = api.answer(request, info);
    return { answer, outcome: answer.outcome, effects: answer.effects };
  }
  const effect = { kind: 'expire', shop: shop.key } as const;
  // The request must already meet dead tokens; applying it again from the journal changes nothing more.
  world.apply(effect);
  const answer = api.answer(request, info);
  return { answer, outcome: answer.outcome, effects: [effect, ...answer.effects] };
}
