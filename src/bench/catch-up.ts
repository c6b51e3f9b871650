import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../base/system-clock.ts';
import { AT_ONCE, createCatchUp } from '../engine/network/catch-up.ts';
import { chatDesk, type ChatDesk } from '../testing/chat-desk.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

const STORES = 200;
/** What a platform takes for an answer, in milliseconds. */
const ANSWER_MS = 40;
const BUYERS = ['a', 'b', 'c'];

/** Each store with a few buyers, all read; then the network goes. */
async function fillDesk(desk: ChatDesk): Promise<void> {
  for (const { write } of desk.platforms.values()) for (const buyer of BUYERS) write(buyer, 'buyer', 'Halo');
  desk.start();
  const read = desk.db.prepare<[], number>('SELECT count(*) FROM messages').pluck();
  while ((read.get() ?? 0) < STORES * BUYERS.length) await desk.clock.advance(1_000);
  desk.setGate('offline');
  await desk.clock.advance(10_000);
  for (const { channel } of desk.platforms.values()) slowDown(channel);
}

/** Answers as late as a platform's do. */
function slowDown(channel: { listConversations: unknown; listMessages: unknown }): void {
  for (const name of ['listConversations', 'listMessages'] as const) {
    const answer = channel[name] as (...input: unknown[]) => Promise<unknown>;
    channel[name] = async (...input: unknown[]) => {
      await sleep(ANSWER_MS);
      return answer(...input);
    };
  }
}

/** One buyer of each store writes while nothing is read; answers how many requests were made so far. */
async function someoneWrites(desk: ChatDesk): Promise<void> {
  await desk.clock.advance(1_000);
  for (const { write, calls } of desk.platforms.values()) {
    write('a', 'buyer', 'Sudah dikirim?');
    calls.length = 0;
  }
}

const requests = (desk: ChatDesk): number =>
  [...desk.platforms.values()].reduce((sum, { calls }) => sum + calls.length, 0);

/** The whole catch-up: each store's list, the conversation that moved, its rows, counts, states and search index. */
function ours(desk: ChatDesk): Sample {
  const stores = [...desk.platforms.keys()];
  return async () => {
    await someoneWrites(desk);
    const spent = await milliseconds(
      () =>
        new Promise<void>((resolve) => {
          createCatchUp({
            clock: systemClock,
            random: Math.random,
            platformOf: () => 'shopee',
            read: (storeId) => desk.sync.catchUp(storeId),
            onSettled: () => {},
            onProgress: () => {},
            onFailed: () => {},
            onDone: resolve,
          }).begin(stores);
        }),
    );
    if (requests(desk) !== 2 * STORES) throw new Error(`${requests(desk)} requests for ${STORES} stores`);
    return spent;
  };
}

/** The same requests, as many at once, and nothing done with their answers. */
function raw(desk: ChatDesk): Sample {
  return async () => {
    await someoneWrites(desk);
    const rest = desk.platforms.values();
    const worker = async (): Promise<void> => {
      for (const { channel } of rest) {
        await channel.listConversations({} as never, null);
        await channel.listMessages({} as never, { remoteId: 'a' } as never, null);
      }
    };
    return milliseconds(() => Promise.all(Array.from({ length: AT_ONCE }, worker)));
  };
}

export const catchUpBench: Bench = {
  name: 'catch-up',
  run: async (report) => {
    const shops = Array.from({ length: STORES }, () => ({ platform: 'shopee', site: 'SG' }) as const);
    const desk = chatDesk({ mode: 'poll', minMs: 1_000, maxMs: 10_000 }, shops);
    try {
      await fillDesk(desk);
      report(
        await compare({
          name: `catch-up of ${STORES} stores`,
          unit: 'ms',
          samples: 2,
          discard: 1,
          peer: `the same requests alone, answered in ${ANSWER_MS} ms`,
          goal: '<=1.5',
          ours: ours(desk),
          against: raw(desk),
        }),
      );
    } finally {
      await desk.stop();
      desk.close();
    }
  },
};
