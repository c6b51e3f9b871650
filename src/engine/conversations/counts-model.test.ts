import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { RemoteMessage } from '../../channels/channel.ts';
import type { CallInput } from '../../contract/index.ts';
import type { ConversationRow } from '../../contract/models.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { Expected, newest, type Known } from '../../testing/expected-counts.ts';
import type { SendScript } from '../../testing/fake-platform.ts';
import { prepareStores } from '../stores/queries.ts';

/** Two shops on two sites, with two buyers each. */
const SHOPS = [
  { platform: 'shopee', site: 'SG' },
  { platform: 'lazada', site: 'MY' },
] as const;
const BUYERS = ['a', 'b'];

const of = fc.nat(SHOPS.length * BUYERS.length - 1);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('buyer' as const), of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('shop', 'automatic', 'platform'), of }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('late' as const),
      of,
      author: fc.constantFrom('buyer' as const, 'shop' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('show' as const), of }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read-elsewhere' as const), of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('recall', 'hide'), of, back: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), of, back: fc.nat(4) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('poll', 'poll-while-written'), of }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('unread', 'done', 'reply'), of }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('snooze' as const), of, ms: fc.constantFrom(500, 60_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      of,
      how: fc.constantFrom('accept', 'refuse', 'lost', 'cut', 'down'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(100, 2_000, 90_000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), calls: fc.nat(5) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface KnownRow {
  readonly id: number;
  readonly sortAt: number;
  readonly sortSeq: string;
  readonly author: string;
  readonly at: number;
  readonly visible: number;
  readonly recalled: number;
  readonly isOwn: number;
  readonly status: string | null;
  readonly state: string | null;
  readonly attempts: number | null;
}

/** The steps, taken on the features over real files and on what is expected, side by side. */
class Run {
  readonly desk: ChatDesk;
  readonly expected = Array.from({ length: SHOPS.length * BUYERS.length }, () => new Expected());
  /** The platform's own place up to which the shop has read. */
  private readonly platformSeen = this.expected.map((): number => 0);
  private readonly snoozes = new Map<number, number>();
  private listed = new Map<number, number>();
  private serial = 0;
  private onRead: (name: string) => void = () => {};
  /** Messages the platform has and does not show yet. */
  private readonly held = this.expected.map((): RemoteMessage[] => []);

  constructor() {
    this.desk = chatDesk({ mode: 'push', minMs: 1_000, maxMs: 10_000 }, SHOPS);
    for (const [storeId, platform] of this.desk.platforms) {
      for (const remoteId of BUYERS) platform.write(remoteId, 'buyer', 'Hello?');
      platform.onRead = (name) => {
        if (name === 'listConversations') this.count(storeId);
        this.onRead(name);
      };
    }
  }

  private place(of: number) {
    const storeId = 1 + Math.floor(of / BUYERS.length);
    const platform = this.desk.platforms.get(storeId);
    if (platform === undefined) throw new Error('No such store');
    const remoteId = BUYERS[of % BUYERS.length] ?? '';
    return { storeId, platform, remoteId, messages: platform.thread(remoteId).messages };
  }

  /** Before a list is answered, the platform counts what the shop has not read. */
  private count(storeId: number): void {
    this.expected.forEach((_, of) => {
      const place = this.place(of);
      if (place.storeId !== storeId) return;
      const seen = this.platformSeen[of] ?? 0;
      const unread = place.messages.filter(
        (one) => one.author === 'buyer' && one.visible && !one.recalled && Number(one.sequence) > seen,
      );
      place.platform.thread(place.remoteId).unread = unread.length;
      this.listed.set(of, seen);
    });
  }

  private conversationId(of: number): number {
    const { storeId, remoteId } = this.place(of);
    const id = this.desk.db
      .prepare<[number, string], number>('SELECT id FROM conversations WHERE store_id = ? AND remote_id = ?')
      .pluck()
      .get(storeId, remoteId);
    if (id === undefined) throw new Error('Not listed');
    return id;
  }

  private known(of: number): Known[] {
    const rows = this.desk.db
      .prepare(
        `SELECT m.id, m.sort_at AS sortAt, m.sort_seq AS sortSeq, m.author, m.at, m.visible, m.recalled,
           m.client_id IS NOT NULL AS isOwn, m.status, o.state, o.attempts
         FROM messages m LEFT JOIN outbox o ON o.message_id = m.id WHERE m.conversation_id = ?`,
      )
      .all(this.conversationId(of)) as KnownRow[];
    return rows.map((row) => ({
      id: row.id,
      key: { sortAt: row.sortAt, sortSeq: row.sortSeq, id: row.id },
      author: row.author,
      counts: row.visible === 1 && row.recalled === 0,
      isOwn: row.isOwn === 1,
      isSent: row.status === 'sent',
      isFirstTry:
        (row.state === 'queued' && row.attempts === 0) || (row.state === 'sending' && row.attempts === 1),
      at: row.at,
    }));
  }

  /** Takes over what the engine has stored meanwhile. */
  private settle(): void {
    this.expected.forEach((one, of) => {
      const until = this.snoozes.get(of);
      const listed = this.listed.get(of);
      const known = this.known(of);
      const seenKeys = known.filter(
        (row) => row.author === 'buyer' && Number(row.key.sortSeq) <= (listed ?? 0),
      );
      one.arrive(known, listed === undefined ? undefined : newest(seenKeys.map(({ key }) => key)));
      if (until !== undefined && until <= this.desk.clock.now()) {
        this.snoozes.delete(of);
        one.wake();
      }
    });
    this.listed = new Map();
  }

  private async pass(ms: number): Promise<void> {
    await this.desk.clock.advance(ms);
    this.onRead = () => {};
    this.settle();
  }

  async start(): Promise<void> {
    this.desk.start();
    await this.pass(1_500);
  }

  async take(one: Step): Promise<void> {
    const { desk } = this;
    if (one.do === 'wait') return this.pass(one.ms);
    if (one.do === 'crash') {
      let left = one.calls;
      for (const { id } of SHOPS.map((_, index) => ({ id: index + 1 }))) this.poll(id);
      this.onRead = () => {
        left -= 1;
        if (left === 0) desk.crash();
      };
      await desk.clock.advance(5);
      if (left > 0) desk.crash();
      return this.pass(5);
    }
    const { of } = one;
    const place = this.place(of);
    const expected = this.expected[of];
    if (expected === undefined) throw new Error('No such conversation');
    const conversationId = this.conversationId(of);
    switch (one.do) {
      case 'buyer':
        place.platform.write(place.remoteId, 'buyer', 'Hello?');
        break;
      case 'shop':
        this.platformSeen[of] = Number(
          place.platform.write(place.remoteId, 'shop', 'From elsewhere').sequence,
        );
        break;
      case 'automatic':
      case 'platform':
        place.platform.write(place.remoteId, one.do, 'By itself');
        break;
      case 'late':
        place.platform.write(place.remoteId, one.author, 'Late');
        this.held[of]?.push(...place.messages.splice(-1));
        break;
      case 'show': {
        const late = this.held[of]?.shift();
        if (late === undefined) break;
        const after = place.messages.findIndex((other) => Number(other.sequence) > Number(late.sequence));
        place.messages.splice(after < 0 ? place.messages.length : after, 0, late);
        if (late.author === 'shop') {
          this.platformSeen[of] = Math.max(this.platformSeen[of] ?? 0, Number(late.sequence));
        }
        // Pushed, too: of a count that holds one more and one less than before nobody can tell that it changed.
        this.push(place.storeId, late);
        break;
      }
      case 'read-elsewhere':
        this.platformSeen[of] = Number(place.messages.at(-1)?.sequence ?? 0);
        break;
      case 'recall':
      case 'hide': {
        const index = place.messages.findLastIndex((message) => message.author === 'buyer') - one.back;
        const message = place.messages[index];
        if (message?.author !== 'buyer') break;
        const gone = { ...message, recalled: true, visible: one.do === 'recall' && message.visible };
        place.messages[index] = gone;
        this.push(place.storeId, gone);
        break;
      }
      case 'push':
        this.push(place.storeId, place.messages.at(-1 - one.back));
        break;
      case 'poll-while-written':
        this.onRead = (name) => {
          if (name !== 'listMessages') return;
          this.onRead = () => {};
          place.platform.write(place.remoteId, 'buyer', 'Meanwhile');
        };
        this.poll(place.storeId);
        break;
      case 'poll':
        this.poll(place.storeId);
        break;
      case 'read': {
        const last = newest(this.known(of).map(({ key }) => key));
        if (last === null) break;
        await desk.call('conversations.markRead', { conversationId, messageId: last.id });
        expected.read();
        break;
      }
      case 'unread':
        await desk.call('conversations.markUnread', { conversationId });
        expected.markUnread();
        break;
      case 'done':
        await desk.call('conversations.setState', { conversationId, state: 'done' });
        expected.say('done');
        this.snoozes.delete(of);
        break;
      case 'reply':
        await desk.call('conversations.setState', { conversationId, state: 'needs-reply' });
        expected.say('reply');
        this.snoozes.delete(of);
        break;
      case 'snooze': {
        const until = desk.clock.now() + one.ms;
        await desk.call('conversations.setState', { conversationId, state: 'snoozed', until });
        expected.say('snoozed');
        this.snoozes.set(of, until);
        break;
      }
      case 'answer':
        await this.answer(of, conversationId, one.how);
        break;
    }
    await this.pass(5);
  }

  private poll(storeId: number): void {
    void this.desk.call('stores.syncNow', { storeId }).catch(() => {});
  }

  private push(storeId: number, message: RemoteMessage | undefined): void {
    if (message !== undefined)
      this.desk.sync.handlePush(storeId, { kind: 'message', shopId: String(storeId), message });
  }

  private async answer(of: number, conversationId: number, how: string): Promise<void> {
    const { platform } = this.place(of);
    const scripts: Record<string, SendScript> = {
      accept: (accept) => accept(),
      refuse: () => {
        throw new CodedError('rejected', 'No');
      },
      lost: () => {
        throw new CodedError('ambiguous', 'Lost');
      },
      cut: (accept) => {
        accept();
        throw new CodedError('ambiguous', 'Cut');
      },
      down: () => {
        throw new CodedError('unreachable', 'Down');
      },
    };
    platform.onSend = scripts[how] ?? ((accept) => accept());
    this.serial += 1;
    const clientId = `01900000-0000-7000-8000-${String(this.serial).padStart(12, '0')}`;
    await this.desk.call('outbox.send', { conversationId, clientId, text: `Answer ${this.serial}` });
    this.expected[of]?.arrive(this.known(of), undefined);
    this.expected[of]?.read();
  }

  /** As `stores.list` counts them for the rail. */
  private stores() {
    const queries = prepareStores(this.desk.db);
    const of = (rows: readonly { storeId: number; count: number }[], id: number): number =>
      rows.find((row) => row.storeId === id)?.count ?? 0;
    const [needsReply, unread] = [queries.needsReply.all(), queries.unread.all()];
    return [...this.desk.platforms.keys()].map((id) => ({
      id,
      needsReply: of(needsReply, id),
      unread: of(unread, id),
    }));
  }

  /** Everything a page can ask agrees with the words, and with everything else. */
  async check(): Promise<void> {
    const { desk } = this;
    const list = (filter: CallInput<'conversations.list'>['filter']) =>
      desk.call('conversations.list', { filter, sort: 'newest', limit: 100 });
    const ids = (rows: readonly ConversationRow[]) => rows.map((row) => row.id).toSorted((a, b) => a - b);
    const all = await list({});
    const shown = new Map<number, ConversationRow>(all.rows.map((row) => [row.id, row]));
    const ours = this.expected.map((_, of) => shown.get(this.conversationId(of)));
    expect(ours.map((row) => ({ unread: row?.unread, state: row?.state }))).toEqual(
      this.expected.map(({ unread, state }) => ({ unread, state })),
    );
    const unread = all.rows.filter((row) => row.unread > 0);
    const needing = all.rows.filter((row) => row.state === 'needs-reply');
    const stores = this.stores();
    for (const store of stores) {
      expect(store.unread).toBe(unread.filter((row) => row.storeId === store.id).length);
      expect(store.needsReply).toBe(needing.filter((row) => row.storeId === store.id).length);
      const inStore = await list({ storeIds: [store.id] });
      expect(inStore.counts['needs-reply']).toBe(store.needsReply);
    }
    expect(stores.reduce((sum, store) => sum + store.needsReply, 0)).toBe(all.counts['needs-reply']);
    const { waiting, snoozed, done } = all.counts;
    expect(all.counts['needs-reply'] + waiting + snoozed + done).toBe(all.counts.all);
    const bySite = await Promise.all(SHOPS.map(({ site }) => list({ sites: [site] })));
    expect(bySite.reduce((sum, one) => sum + one.counts['needs-reply'], 0)).toBe(all.counts['needs-reply']);
    const filtered = await list({ unread: true });
    expect(ids(filtered.rows)).toEqual(ids(unread));
    expect(filtered.total).toBe(unread.length);
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const run = new Run();
  try {
    await run.start();
    await run.check();
    for (const one of steps) {
      await run.take(one);
      await run.check();
    }
    await run.desk.stop();
  } finally {
    run.desk.close();
  }
}

// Each run is a database file of its own, with real commits: on a busy disk they take their time.
vi.setConfig({ testTimeout: 180_000 });

test('in any order of what buyers, the shop elsewhere and a person here do, counts and states say what is so', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), (steps) => play(steps)),
    { numRuns: 25 },
  );
});
