import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { RemoteMessage, SendReceipt } from '../../channels/channel.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';

/** A send that hangs at the platform until a step decides what becomes of it. */
interface Held {
  readonly text: string;
  readonly accept: () => SendReceipt;
  readonly answer: (result: SendReceipt | Error) => void;
  receipt: SendReceipt | null;
}

const threads = ['a', 'b'];

/** What may happen, in any order and any number. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('send' as const), thread: fc.nat(1), text: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('accept' as const), held: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      held: fc.nat(3),
      how: fc.constantFrom('receipt', 'cut', 'refused', 'unreachable', 'signed-out'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('push' as const), message: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 1_500, 20_000) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'crash' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('buyer' as const), thread: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retry' as const), own: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('discard' as const), own: fc.nat(5) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface OwnRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly text: string;
  readonly status: string;
  readonly remote_id: string | null;
}

class Run {
  readonly desk: ChatDesk;
  readonly held: Held[] = [];
  readonly sent: { readonly id: number; readonly thread: string; readonly text: string }[] = [];
  readonly discarded = new Set<number>();
  readonly retried = new Set<string>();
  private serial = 0;
  private readonly repeats: boolean;

  /** `repeats`: texts may be equal; else every text is its own. */
  constructor(desk: ChatDesk, repeats: boolean) {
    this.desk = desk;
    this.repeats = repeats;
    desk.platform.onSend = (accept, text) =>
      new Promise((resolve, reject) => {
        this.held.push({
          text,
          accept,
          receipt: null,
          answer: (result) => (result instanceof Error ? reject(result) : resolve(result)),
        });
      });
  }

  messages(): RemoteMessage[] {
    return [...this.desk.platform.threads.values()].flatMap((thread) => thread.messages);
  }

  own(): OwnRow[] {
    return this.desk.db
      .prepare(
        'SELECT id, conversation_id, text, status, remote_id FROM messages WHERE client_id IS NOT NULL ORDER BY id',
      )
      .all() as OwnRow[];
  }

  async take(one: Step): Promise<void> {
    const { desk } = this;
    switch (one.do) {
      case 'send':
        return this.send(one.thread, one.text);
      case 'accept': {
        const held = this.pick(this.held, one.held);
        if (held !== undefined && held.receipt === null) held.receipt = held.accept();
        return;
      }
      case 'answer':
        return this.answer(this.pick(this.held, one.held), one.how);
      case 'push': {
        const message = this.pick(this.messages(), one.message);
        if (message !== undefined)
          desk.sync.handlePush(desk.storeId, { kind: 'message', shopId: '1', message });
        return;
      }
      case 'wait':
        return desk.clock.advance(one.ms);
      case 'crash':
        // What hangs at the platform hangs no more: nobody waits for its answer.
        this.held.length = 0;
        return desk.crash();
      case 'buyer':
        desk.platform.write(threads[one.thread] ?? 'a', 'buyer', `Question ${(this.serial += 1)}`);
        return;
      case 'retry':
      case 'discard':
        return this.decide(one.do, this.pick(this.own(), one.own));
    }
  }

  /** Everything still open is decided, and the platform read to the end. */
  async settle(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      await this.desk.clock.advance(70_000);
      const [held] = this.held;
      const stuck = this.own().find((row) => row.status === 'failed' || row.status === 'unconfirmed');
      if (held !== undefined) {
        held.receipt ??= held.accept();
        this.answer(held, 'receipt');
      } else if (stuck === undefined) return;
      else await this.decide('discard', stuck);
    }
    throw new Error('It never came to an end');
  }

  private pick<T>(from: readonly T[], index: number): T | undefined {
    return from.length === 0 ? undefined : from[index % from.length];
  }

  private async send(thread: number, text: number): Promise<void> {
    this.serial += 1;
    const line = this.repeats ? `Text ${text}` : `Text ${this.serial}`;
    const clientId = `01900000-0000-7000-8000-${String(this.serial).padStart(12, '0')}`;
    const conversationId = thread + 1;
    const view = await this.desk.call('outbox.send', { conversationId, clientId, text: line });
    this.sent.push({ id: view.id, thread: threads[thread] ?? 'a', text: line });
  }

  private answer(held: Held | undefined, how: string): void {
    if (held === undefined) return;
    this.held.splice(this.held.indexOf(held), 1);
    if (how === 'receipt' || how === 'cut') {
      if (how === 'receipt') held.receipt ??= held.accept();
      held.answer(
        held.receipt !== null && how === 'receipt' ? held.receipt : new CodedError('ambiguous', 'Cut'),
      );
    } else if (held.receipt !== null) {
      // A platform that took a message does not refuse it: the answer can only be lost.
      held.answer(new CodedError('ambiguous', 'Cut'));
    } else if (how === 'refused') held.answer(new CodedError('rejected', 'No'));
    else if (how === 'unreachable') held.answer(new CodedError('unreachable', 'Down'));
    else held.answer(new CodedError('auth-expired', 'Sign in'));
  }

  private async decide(what: 'retry' | 'discard', row: OwnRow | undefined): Promise<void> {
    if (row === undefined) return;
    try {
      await this.desk.call(what === 'retry' ? 'outbox.retry' : 'outbox.discard', { messageId: row.id });
      if (what === 'retry') this.retried.add(row.text);
      else this.discarded.add(row.id);
    } catch (error) {
      expect(error).toMatchObject({ code: 'conflict' });
    }
  }
}

async function run(steps: readonly Step[], repeats: boolean, check: (done: Run) => void): Promise<void> {
  const desk = chatDesk();
  try {
    for (const name of threads) desk.platform.write(name, 'buyer', 'Hello?');
    desk.start();
    await desk.clock.advance(1_500);
    const state = new Run(desk, repeats);
    for (const one of steps) {
      await state.take(one);
      await desk.clock.advance(1);
    }
    await state.settle();
    check(state);
    await desk.stop();
  } finally {
    desk.close();
  }
}

/** Each message of the platform is one row, and no row claims one that is not there. */
function checkRows({ desk, messages }: { desk: ChatDesk; messages: RemoteMessage[] }): void {
  const rows = desk.db.prepare('SELECT remote_id FROM messages ORDER BY remote_id').pluck().all();
  expect(rows).toEqual(messages.map((message) => message.remoteId).toSorted());
}

const options = { numRuns: 20 };

// Each run is a database file of its own, with real commits: on a busy disk they take their time.
vi.setConfig({ testTimeout: 180_000 });

test('any order of sends, echoes, answers, polls and kills: each text goes out once, in order, and is one row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
      run(steps, false, (done) => {
        checkRows({ desk: done.desk, messages: done.messages() });
        const { accepted } = done.desk.platform;
        expect(accepted.filter((text, index) => accepted.indexOf(text) !== index)).toEqual([]);
        const own = new Map(done.own().map((row) => [row.id, row]));
        for (const { id, text } of done.sent) {
          const row = own.get(id);
          const wasTaken = accepted.includes(text);
          if (!done.discarded.has(id)) expect(row).toMatchObject({ text, status: 'sent' });
          if (row !== undefined) expect(wasTaken).toBe(true);
          // Discarded by a person while nobody could know that it had arrived: it shows as sent from elsewhere.
          if (row === undefined && wasTaken) expect(done.discarded.has(id)).toBe(true);
        }
        for (const name of threads) {
          const order = done.sent.filter((one) => one.thread === name).map(({ text }) => text);
          const taken = accepted.filter((text) => order.includes(text));
          expect(taken).toEqual(order.filter((text) => taken.includes(text)));
        }
      }),
    ),
    options,
  );
});

test('with equal texts too, each message of the platform is one row and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
      run(steps, true, (done) => {
        checkRows({ desk: done.desk, messages: done.messages() });
        const remaining = done.own();
        expect(remaining.every((row) => row.status === 'sent')).toBe(true);
        expect(remaining.length + done.discarded.size).toBe(done.sent.length);
      }),
    ),
    options,
  );
});
