import { CodedError } from '../base/errors.ts';
import type { StoreContext } from '../channels/channel.ts';
import type { HttpResponse } from '../channels/http.ts';
import type { NetworkView } from '../contract/network.ts';
import type { Db } from '../engine/db/database.ts';
import { createGate, type NetworkGate } from '../engine/network/gate.ts';
import { createNetwork, type Network } from '../engine/network/network.ts';
import { createOutcomes, heardHttp, type Asked } from '../engine/network/outcome.ts';
import type { CallFor, StoreAccess } from '../engine/parts.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { memoryFeed, memoryLog } from './temp-engine.ts';

/** What becomes of a store's request; `hangs`: nothing until it times out; `proxy-dead`: its proxy does not answer. */
export type Answer = 'good' | 'dead' | 'hangs' | 'http-500' | 'proxy-dead';

const reasons: Partial<Record<Answer, string>> = { dead: 'refused', 'proxy-dead': 'proxy-timeout' };

/** Stores that ask and are answered as a test says, under a real watch over the network. */
export interface StoreFleet {
  readonly clock: FakeClock;
  readonly gate: NetworkGate;
  readonly network: Network;
  /** What every store's platform does, by store id. */
  readonly answers: Map<number, Answer>;
  /** Requests made, by store id. */
  readonly asked: number[];
  /** Answers for the catch-up of a store; by default one request. */
  catchUp: (storeId: number) => Promise<void>;
  /** One request of this store, as its loop makes it. */
  request(storeId: number): Promise<void>;
  /** A request of this store that is under way. */
  readonly asking: Asked;
  set(answer: Answer, ...storeIds: number[]): void;
  view(): NetworkView;
}

interface FleetOptions {
  readonly clock?: FakeClock;
  readonly isReadOnly?: () => boolean;
}

const platforms = ['shopee', 'lazada', 'tiktok'] as const;

/** Stores 1 to `count`, over the three platforms in turn. */
export function storeFleet(
  db: Db,
  count: number,
  { clock = fakeClock(), isReadOnly = () => false }: FleetOptions = {},
): StoreFleet {
  const answers = new Map(Array.from({ length: count }, (_, index): [number, Answer] => [index + 1, 'good']));
  const asked: number[] = [];
  const outcomes = createOutcomes();
  const send = async (storeId: number, timeoutMs: number): Promise<HttpResponse> => {
    asked.push(storeId);
    const answer = answers.get(storeId);
    if (answer === 'hangs') await new Promise<void>((resolve) => clock.after(timeoutMs, resolve));
    if (answer === 'good' || answer === 'http-500')
      return { status: answer === 'good' ? 200 : 500, headers: {}, text: '' };
    throw new CodedError('unreachable', 'No way', { reason: reasons[answer ?? 'hangs'] ?? 'timeout' });
  };
  const contextOf = (storeId: number): StoreContext => {
    const http = {
      request: ({ timeoutMs = 20_000 }) => send(storeId, timeoutMs),
      download: () => Promise.reject(new Error('No pictures here')),
    };
    return { http: heardHttp(http, storeId, outcomes.asked) } as unknown as StoreContext;
  };
  const channel = {
    listConversations: async ({ http }: StoreContext) => {
      const { status } = await http.request({ method: 'GET', url: 'http://x/', effect: 'read' });
      if (status === 500) throw new CodedError('unreachable', 'HTTP 500', { reason: 'unreadable_answer' });
      return { items: [], next: null };
    },
  };
  const stores = {
    list: () => [...answers.keys()].map((id) => ({ id, platform: platforms[id % 3] })),
    get: (id: number) => ({ id, platform: platforms[id % 3] }),
    call: (storeId: number, _what: CallFor, use: (...args: never[]) => Promise<never>) =>
      use(channel as never, contextOf(storeId) as never),
  } as unknown as StoreAccess;
  const gate = createGate({ isReadOnly }, { stopOf: () => null });
  const request = async (storeId: number): Promise<void> => {
    await stores.call(storeId, 'background', (one, context) => one.listConversations(context, null));
  };
  const made: StoreFleet = {
    clock,
    gate,
    answers,
    asked,
    catchUp: request,
    request: (storeId) => request(storeId).catch(() => {}),
    asking: outcomes.asked,
    set: (answer, ...storeIds) => {
      for (const storeId of storeIds.length > 0 ? storeIds : answers.keys()) answers.set(storeId, answer);
    },
    view: () => network.handlers['network.get']({}) as NetworkView,
    get network() {
      return network;
    },
  };
  const parts = { db, clock, random: () => 0.5, log: memoryLog(), feed: memoryFeed(), stores };
  const network = createNetwork(parts, {
    gate,
    readOnly: { isReadOnly },
    outcomes,
    catchUp: (storeId) => made.catchUp(storeId),
  });
  network.start?.();
  return made;
}
