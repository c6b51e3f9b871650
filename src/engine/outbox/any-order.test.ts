import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { RemoteMessage, SendReceipt } from '../../channels/channel.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { markAllRecovered } from './recovered.ts';

/** A send that hangs at the platform until a step decides what becomes of it. */
interface Held {
  readonly text: string;
  readonly accept: () => SendReceipt;
  readonly answer: (result: SendReceipt | Error) => void;
  receipt: SendReceipt | null;
}

const threads = ['a', 'b'];
/** Below the settle time of the desk's store. */
const LATE_MS = 4_000;
const HOUR_MS = 3_600_000;

/** What may happen, in any order and any number. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('send' as const), thread: fc.nat(1), text: fc.nat(2) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('accept' as const), held: fc.nat(3) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      held: fc.nat(3),
      how: fc.constantFrom('receipt', 'cut', 'cut-late', 'dropped', 'refused', 'unreachable', 'signed-out'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('push' as const), message: fc.nat(20) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 1_500, 6_000, 20_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash' as const),
      isLate: fc.boolean(),
      isRestored: fc.nat(3).map((n) => n === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('buyer' as const), thread: fc.nat(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('colleague' as const),
      thread: fc.nat(1),
      text: fc.nat(2),
      agoMs: fc.constantFrom(0, 30_000, 180_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unread' as const), isOn: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gate' as const), isClosed: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      ms: fc.constantFrom(HOUR_MS, -HOUR_MS, 90_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      what: fc.constantFrom('retry', 'discard', 'release', 'again', 'retryAll'),
      own: fc.nat(5),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Decision = Extract<Step, { do: 'decide' }>['what'];

interface OwnRow {
  readonly id: number;
  readonly conversation_id: number;
  readonly text: string;
  readonly state: string;
  readonly remote_id: string | null;
}

class Run {
  readonly desk: ChatDesk;
  readonly held: Held[] = [];
  readonly sent: { readonly id: number; readonly thread: string; readonly text: string }[] = [];
  readonly discarded = new Set<number>();
  /** Texts a person said to send again without knowing what became of them. */
  readonly again = new Set<string>();
  readonly unconfirmed = new Set<string>();
  hasJumped = false;
  private serial = 0;
  private readonly repeats: boolean;

  /** `repeats`: texts may be equal, also to a colleague's; else every text is its own. */
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
        `SELECT m.id, m.conversation_id, m.text, ifnull(o.state, m.status) AS state, m.remote_id
         FROM messages m LEFT JOIN outbox o ON o.message_id = m.id WHERE m.client_id IS NOT NULL ORDER BY m.id`,
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
        return this.crash(one.isLate, one.isRestored);
      case 'buyer':
        desk.platform.write(threads[one.thread] ?? 'a', 'buyer', `Question ${(this.serial += 1)}`);
        return;
      case 'colleague':
        if (this.repeats) this.colleague(threads[one.thread] ?? 'a', `Text ${one.text}`, one.agoMs);
        return;
      case 'unread':
        desk.platform.readError = one.isOn ? new CodedError('unreachable', 'Down') : null;
        return;
      case 'gate':
        return desk.setGate(one.isClosed ? 'offline' : null);
      case 'jump':
        this.hasJumped = true;
        return desk.jump(one.ms);
      case 'decide':
        return this.decide(one.what, this.pick(this.own(), one.own));
    }
  }

  /** Everything still open is decided, and the platform read to the end. */
  async settle(): Promise<void> {
    this.desk.platform.readError = null;
    this.desk.setGate(null);
    for (let round = 0; round < 100; round += 1) {
      await this.desk.clock.advance(70_000);
      this.watch();
      const [held] = this.held;
      const stuck = this.own().find(({ state }) => ['failed', 'unconfirmed', 'held'].includes(state));
      if (held !== undefined) {
        held.receipt ??= held.accept();
        this.answer(held, 'receipt');
      } else if (stuck === undefined) return;
      else await this.decide(stuck.state === 'held' && round % 2 === 0 ? 'release' : 'discard', stuck);
    }
    throw new Error('It never came to an end');
  }

  /** What must hold at every moment. */
  watch(): void {
    for (const { text, state } of this.own()) {
      if (state === 'unconfirmed') this.unconfirmed.add(text);
      if (state === 'failed' && !this.repeats && !this.again.has(text)) {
        expect(this.desk.platform.accepted).not.toContain(text);
      }
    }
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

  private colleague(thread: string, text: string, agoMs: number): void {
    const messages = this.desk.platform.threads.get(thread)?.messages ?? [];
    const { at: newestAt } = this.desk.platform.write(thread, 'shop', text);
    const written = messages.pop();
    // A platform lists by time: it can't show up before what is there already.
    const at = Math.max(messages.at(-1)?.at ?? 0, newestAt - agoMs);
    if (written !== undefined) messages.push({ ...written, at });
  }

  /** What hangs at the platform hangs no more: nobody waits for its answer, and it is taken late or never. */
  private crash(isLate: boolean, isRestored: boolean): void {
    for (const held of this.held.splice(0)) {
      if (isLate && held.receipt === null) this.desk.clock.after(LATE_MS, () => void held.accept());
    }
    this.desk.crash(isRestored ? () => void markAllRecovered(this.desk.db) : undefined);
  }

  private answer(held: Held | undefined, how: string): void {
    if (held === undefined) return;
    this.held.splice(this.held.indexOf(held), 1);
    const cut = new CodedError('ambiguous', 'Cut');
    if (how === 'receipt') held.answer((held.receipt ??= held.accept()));
    // A platform that took a message does not refuse it: the answer can only be lost.
    else if (how === 'cut' || held.receipt !== null) held.answer(cut);
    else if (how === 'dropped') {
      held.accept();
      held.answer(cut);
    } else if (how === 'cut-late') {
      this.desk.clock.after(LATE_MS, () => void held.accept());
      held.answer(cut);
    } else if (how === 'refused') held.answer(new CodedError('rejected', 'No'));
    else if (how === 'unreachable') held.answer(new CodedError('unreachable', 'Down'));
    else held.answer(new CodedError('auth-expired', 'Sign in'));
  }

  private async decide(what: Decision, row: OwnRow | undefined): Promise<void> {
    if (row === undefined) return;
    const { call } = this.desk;
    const input = { messageId: row.id };
    try {
      if (what === 'retryAll') await call('outbox.retryAll', {});
      else if (what === 'again') await call('outbox.settle', { ...input, verdict: 'send-again' });
      else await call(`outbox.${what}`, input);
      // What was restored may have left: to say that it is to go is to send it again.
      if (what === 'again' || what === 'release') this.again.add(row.text);
      if (what === 'discard') this.discarded.add(row.id);
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
      state.watch();
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
  const rows = desk.db.prepare('SELECT remote_id, text FROM messages ORDER BY remote_id').all() as {
    remote_id: string;
    text: string;
  }[];
  const shown = messages.map(({ remoteId, text }) => ({ remote_id: remoteId, text }));
  expect(rows).toEqual(shown.toSorted((a, b) => (a.remote_id < b.remote_id ? -1 : 1)));
}

const options = { numRuns: Number(process.env['ANY_ORDER_RUNS'] ?? 30) };

/** Given up while it was looked for, taken late, behind the next one. */
const givenUp: Step[] = [
  { do: 'send', thread: 0, text: 0 },
  { do: 'answer', held: 0, how: 'cut-late' },
  { do: 'decide', what: 'discard', own: 0 },
  { do: 'send', thread: 0, text: 0 },
  { do: 'answer', held: 0, how: 'receipt' },
];

// Each run is a database file of its own, with real commits: on a busy disk they take their time.
vi.setConfig({ testTimeout: 180_000 });

test('any order of sends, lost and late answers, kills, restores and wrong clocks: each text goes out once, in order, and is one row', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
      run(steps, false, (done) => {
        checkRows({ desk: done.desk, messages: done.messages() });
        const { accepted } = done.desk.platform;
        const twice = accepted.filter((text, index) => accepted.indexOf(text) !== index);
        expect(twice.filter((text) => !done.again.has(text))).toEqual([]);
        const own = new Map(done.own().map((row) => [row.id, row]));
        for (const { id, text } of done.sent) {
          const row = own.get(id);
          const wasTaken = accepted.includes(text);
          if (!done.discarded.has(id)) expect(row).toMatchObject({ text, state: 'sent' });
          if (row !== undefined) expect(wasTaken).toBe(true);
          // Discarded by a person while nobody could know that it had arrived: it shows as sent from elsewhere.
          if (row === undefined && wasTaken) expect(done.discarded.has(id)).toBe(true);
        }
        // Only a wrong clock can leave it unknown whether a text that is nobody else's has arrived.
        if (!done.hasJumped) expect([...done.unconfirmed]).toEqual([]);
        for (const name of threads) {
          // What a person gave up while it was under way holds nothing back any more: it may arrive behind others.
          const order = done.sent
            .filter((one) => one.thread === name && !done.discarded.has(one.id))
            .map(({ text }) => text);
          const taken = accepted.filter((text) => order.includes(text) && !done.again.has(text));
          expect(taken).toEqual(order.filter((text) => taken.includes(text)));
        }
      }),
    ),
    { ...options, examples: [[givenUp]] },
  );
});

test("with equal texts too, also a colleague's, each message of the platform is one row and nothing is lost", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
      run(steps, true, (done) => {
        checkRows({ desk: done.desk, messages: done.messages() });
        const remaining = done.own();
        expect(remaining.every((row) => row.state === 'sent')).toBe(true);
        expect(remaining.length + done.discarded.size).toBe(done.sent.length);
      }),
    ),
    options,
  );
});
