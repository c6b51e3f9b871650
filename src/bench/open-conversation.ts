import { createEngine } from '../engine/engine.ts';
import { memoryHost } from '../engine/host.ts';
import { connectPage, type TestPage } from '../testing/engine-page.ts';
import { migrationsDir, tempDir } from '../testing/temp-engine.ts';
import { fillDesk, type DeskSize } from './big-desk.ts';
import { compare, milliseconds, type Bench, type Sample } from './harness.ts';

interface Opened {
  readonly page: TestPage;
  close(): Promise<void>;
}

/** An engine on a folder of this size, and a page connected to it over the wire. */
async function openDesk(size: DeskSize): Promise<Opened> {
  const folder = tempDir();
  fillDesk(folder.path, size);
  const options = {
    dataDir: folder.path,
    migrationsDir,
    space: 'real',
    version: 'bench',
    machine: { id: 'm1', name: 'test' },
    bundle: null,
  } as const;
  const engine = await createEngine(options, memoryHost());
  const page = connectPage(engine);
  return {
    page,
    close: async () => {
      page.close();
      await engine.close();
      folder.remove();
    },
  };
}

/** A click on a row: the newest 50 messages of another conversation each time. */
function openNext(page: TestPage, conversations: number): Sample {
  let turn = 0;
  return () => {
    turn = (turn + 7919) % conversations;
    const at = { kind: 'latest' } as const;
    return milliseconds(() => page.call('messages.page', { conversationId: turn + 1, at, limit: 50 }));
  };
}

const SMALL: DeskSize = { conversations: 100, messagesEach: 100 };
const BIG: DeskSize = { conversations: 10_000, messagesEach: 100 };

export const openConversationBench: Bench = {
  name: 'open-conversation',
  run: async (report) => {
    const small = await openDesk(SMALL);
    const big = await openDesk(BIG);
    const sides = { unit: 'ms', samples: 100, discard: 5, ours: openNext(big.page, BIG.conversations) };
    try {
      report(
        await compare({
          ...sides,
          name: 'open a conversation of 1,000,000',
          peer: 'limit at the 99th percentile',
          goal: '<=1',
          judge: 0.99,
          against: 10,
        }),
      );
      report(
        await compare({
          ...sides,
          name: 'the same, flat in history size',
          peer: 'among 10,000 messages',
          goal: '<=1.5',
          against: openNext(small.page, SMALL.conversations),
        }),
      );
      const list = (): Promise<number> =>
        milliseconds(() =>
          big.page.call('conversations.list', {
            filter: { state: 'needs-reply' },
            sort: 'waiting',
            limit: 100,
          }),
        );
      report(
        await compare({
          name: 'list 100 of 10,000 conversations',
          unit: 'ms',
          samples: 30,
          discard: 3,
          peer: 'limit at the 95th percentile',
          goal: '<=1',
          judge: 0.95,
          ours: list,
          against: 30,
        }),
      );
    } finally {
      await small.close();
      await big.close();
    }
  },
};
