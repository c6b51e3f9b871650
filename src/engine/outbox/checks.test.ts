import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';

/** As the desk's store says. */
const SETTLE_MS = 5_000;

let desk: ChatDesk;
let own: OwnMessages;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
});
afterEach(() => endDesk(desk));

const tick = (): Promise<void> => desk.clock.advance(0);
const cut = (): never => {
  throw new CodedError('ambiguous', 'Cut');
};
/** The next send does this, those after it are taken. */
function once(script: typeof desk.platform.onSend): void {
  desk.platform.onSend = (accept, text) => {
    desk.platform.onSend = (later) => later();
    return script(accept, text);
  };
}
const reads = (): number => desk.platform.calls.filter((name) => name === 'listMessages').length;

test('taken but never answered, it is found at once', async () => {
  once((accept) => (accept(), cut()));
  await own.send('1');
  await own.send('2');
  await tick();
  expect(await own.phases()).toEqual(['1: sent', '2: sent']);
  expect(desk.platform.accepted).toEqual(['1', '2']);
});

test('taken late, it is found at the end of the settle time, and those behind it wait until then', async () => {
  once((accept) => {
    desk.clock.after(SETTLE_MS - 500, accept);
    return cut();
  });
  await own.send('1');
  await own.send('2');
  await desk.clock.advance(SETTLE_MS - 1_000);
  expect(await own.phases()).toEqual(['1: checking', '2: queued']);
  await desk.clock.advance(1_000);
  expect(await own.phases()).toEqual(['1: sent', '2: sent']);
  expect(desk.platform.accepted).toEqual(['1', '2']);
});

test('not there at the end of the settle time, it surely did not arrive, and goes again', async () => {
  once(cut);
  await own.send('1');
  await own.send('2');
  await desk.clock.advance(SETTLE_MS - 1);
  expect(desk.platform.accepted).toEqual([]);
  await desk.clock.advance(2_000);
  expect(desk.platform.accepted).toEqual(['1', '2']);
  expect(await own.phases()).toEqual(['1: sent', '2: sent']);
});

test('attempts that never arrive count: in the end a person is asked', async () => {
  await desk.call('settings.set', { sendAttempts: 3 });
  desk.platform.onSend = cut;
  await own.send('1');
  await desk.clock.advance(120_000);
  expect(await own.phases()).toEqual(['1: failed']);
  expect(desk.platform.calls.filter((name) => name === 'send')).toHaveLength(3);
});

test('while it can not be read nothing is concluded, however long; once it can, it is', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  once(cut);
  await own.send('1');
  await desk.clock.advance(3_600_000);
  expect(await own.phases()).toEqual(['1: checking']);
  desk.platform.readError = null;
  await desk.clock.advance(180_000);
  // Meanwhile it has grown old: a person is asked.
  expect(await own.phases()).toEqual(['1: held (waited)']);
  expect(desk.platform.accepted).toEqual([]);
});

test('why it can not be read is told for as long as that lasts', async () => {
  const told = () =>
    desk.feed.emitted.filter(({ kind, ids }) => kind === 'messages' && ids.includes(1)).length;
  const why = async () => (await own.all())[0]?.pending?.readError;
  desk.platform.readError = new CodedError('auth-expired', 'Sign in');
  once(cut);
  await own.send('1');
  await tick();
  expect(await why()).toEqual({ code: 'auth-expired', message: 'Sign in' });
  const before = told();
  desk.platform.readError = new CodedError('unreachable', 'Down');
  await desk.clock.advance(1_500);
  expect(await why()).toMatchObject({ code: 'unreachable' });
  expect(told()).toBe(before + 1);
  desk.platform.readError = null;
  // It could be read, but may still come: there is no reason any more.
  await desk.clock.advance(2_500);
  expect(await own.phases()).toEqual(['1: checking']);
  expect(await why()).toBeNull();
  expect(told()).toBe(before + 2);
});

test('once the way is open again it is looked for at once', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  once(cut);
  await own.send('1');
  // Tried every minute by now.
  await desk.clock.advance(250_000);
  desk.setGate('offline');
  desk.platform.readError = null;
  desk.setGate(null);
  await desk.clock.advance(5_000);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('a conversation that can not be read at all leaves it to a person', async () => {
  desk.platform.broken.add('a');
  desk.platform.onSend = cut;
  const { id } = await own.send('1');
  await desk.clock.advance(120_000);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
  desk.platform.broken.clear();
  desk.platform.onSend = (accept) => accept();
  expect(await desk.call('outbox.retryAll', {})).toEqual({ retried: 0, checked: 1, left: 0 });
  await desk.clock.advance(SETTLE_MS + 5_000);
  expect(await own.phases()).toEqual(['1: sent']);
  await expect(desk.call('outbox.skip', { messageId: id })).rejects.toMatchObject({ code: 'conflict' });
});

test('a disk that is full when it is left to a person does not leave it unlooked for', async () => {
  desk.platform.broken.add('a');
  desk.platform.onSend = cut;
  desk.db.exec(`CREATE TRIGGER full BEFORE UPDATE ON outbox WHEN NEW.state = 'unconfirmed'
    BEGIN SELECT RAISE(ABORT, 'disk full'); END`);
  await own.send('1');
  await desk.clock.advance(120_000);
  expect(await own.phases()).toEqual(['1: checking']);
  desk.db.exec('DROP TRIGGER full');
  await desk.clock.advance(120_000);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
});

test("a colleague's equal text from before the attempt proves nothing: a person is asked", async () => {
  // Written two minutes ago, but seen here only now.
  const at = desk.clock.now();
  await desk.clock.advance(120_000);
  desk.platform.readError = new CodedError('unreachable', 'Down');
  once((_accept, text) => {
    desk.platform.write('a', 'shop', text, { at });
    desk.platform.readError = null;
    return cut();
  });
  await own.send('1');
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
});

test('what was there before the attempt is never taken for it', async () => {
  desk.platform.write('a', 'shop', '1');
  await desk.clock.advance(1_500);
  once(cut);
  await own.send('1');
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: sent']);
});

test.each([3_600_000, -3_600_000])(
  'a clock that was wrong by %d ms at the attempt never makes it go twice',
  async (ms) => {
    // The platform's time goes on as it should; ours was wrong when the attempt began.
    desk.clock.setBack(-ms);
    once((accept) => {
      desk.clock.setBack(ms);
      accept();
      return cut();
    });
    await own.send('1');
    await desk.clock.advance(SETTLE_MS + 5_000);
    expect(desk.platform.accepted).toEqual(['1']);
    expect(await own.phases()).toEqual([ms > 0 ? '1: unconfirmed' : '1: sent']);
  },
);

test("a platform's clock that is half a minute behind leaves nobody in doubt", async () => {
  desk.jump(30_000);
  once((accept) => (accept(), cut()));
  await own.send('1');
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('reading goes back as far as the newest message known before, over many pages', async () => {
  once((accept) => {
    accept();
    for (let n = 0; n < 17; n += 1) desk.platform.write('a', 'buyer', `More ${n}`);
    desk.platform.onList = () => ({ items: [], next: null });
    return cut();
  });
  await desk.clock.advance(5_000);
  await own.send('1');
  const before = reads();
  await tick();
  expect(reads() - before).toBe(4);
  expect(await own.phases()).toEqual(['1: sent']);
});

test('a platform that counts in whole seconds dates a copy before what was sent a moment earlier', async () => {
  await desk.clock.advance(800);
  await own.send('1');
  await tick();
  await desk.clock.advance(50);
  once((_accept, text) => {
    desk.platform.write('a', 'shop', text, { at: Math.floor(desk.clock.now() / 1000) * 1000 });
    return cut();
  });
  await own.send('2');
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: sent', '2: sent']);
});

test('a reading with a gap proves nothing: a person is asked', async () => {
  once(() => {
    // A platform whose page token leads back: what lies beyond the newest can't be reached.
    const newest = desk.platform.write('a', 'buyer', 'Newest');
    desk.platform.channel.listMessages = () => Promise.resolve({ items: [newest], next: 'again' });
    return cut();
  });
  await own.send('1');
  await desk.clock.advance(SETTLE_MS - 1_000);
  expect(await own.phases()).toEqual(['1: checking']);
  await desk.clock.advance(2_000);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
  expect(desk.platform.accepted).toEqual([]);
});

test.each([
  [9 * 86_400_000, 'sent'],
  // So much a clock may be wrong: of two times only one can be right, and nobody knows which.
  [1_800_000, 'unconfirmed'],
])('a message from %d ms ahead hides nothing that comes after the attempt', async (ms, phase) => {
  desk.platform.write('a', 'shop', 'Broken', { at: desk.clock.now() + ms });
  await desk.clock.advance(1_500);
  once((accept) => (accept(), cut()));
  await own.send('1');
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual([`1: ${phase}`]);
});

test('the settle time begins anew with the engine, whatever the clock says', async () => {
  desk.platform.onSend = () => new Promise(() => {});
  await own.send('1');
  await tick();
  desk.clock.setBack(-86_400_000);
  desk.platform.onSend = (accept) => accept();
  desk.crash();
  await desk.clock.advance(SETTLE_MS - 1);
  expect(await own.phases()).toEqual(['1: checking']);
  await desk.clock.advance(1);
  // It went late, and a day has passed by the clock: a person is asked.
  await desk.clock.advance(5_000);
  expect(desk.platform.accepted).toEqual([]);
  expect(await own.phases()).toEqual(['1: held (waited)']);
});

test('a person may settle what is still looked for', async () => {
  desk.platform.readError = new CodedError('unreachable', 'Down');
  desk.platform.onSend = cut;
  const first = await own.send('1');
  await tick();
  await desk.call('outbox.settle', { messageId: first.id, verdict: 'arrived' });
  expect(await own.phases()).toEqual(['1: sent']);
  const second = await own.send('2');
  await tick();
  desk.platform.onSend = (accept) => accept();
  await desk.call('outbox.settle', { messageId: second.id, verdict: 'send-again' });
  await desk.clock.advance(1_000);
  expect(desk.platform.accepted).toEqual(['2']);
});

test('said to have arrived, it is one with the copy that could not be told from it', async () => {
  const at = desk.clock.now();
  await desk.clock.advance(120_000);
  once((_accept, text) => {
    desk.platform.write('a', 'shop', text, { at: at + 1 });
    return cut();
  });
  const { id } = await own.send('1');
  await desk.clock.advance(SETTLE_MS + 2_000);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
  await desk.call('outbox.settle', { messageId: id, verdict: 'arrived' });
  const { messages } = await desk.call('messages.page', {
    conversationId: 1,
    at: { kind: 'latest' },
    limit: 10,
  });
  expect(messages.map(({ text, author }) => `${author}: ${text}`)).toEqual([
    'buyer: Is it there?',
    'here: 1',
  ]);
});
