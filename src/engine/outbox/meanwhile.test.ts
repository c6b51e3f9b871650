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
/** The next send is lost; what its platform does with it is `script`. Those after it are taken. */
function lose(script: (accept: () => unknown) => void): void {
  desk.platform.onSend = (accept) => {
    desk.platform.onSend = (later) => later();
    script(accept);
    throw new CodedError('ambiguous', 'Cut');
  };
}
/** From now on readings hang: each shows what there was when it began, or fails. */
function holdReads(): ((error?: Error) => void)[] {
  const held: ((error?: Error) => void)[] = [];
  const { channel } = desk.platform;
  const listMessages = channel.listMessages.bind(channel);
  channel.listMessages = async (...asked) => {
    const page = await listMessages(...asked);
    await new Promise<void>((resolve, reject) => {
      held.push((error) => (error === undefined ? resolve() : reject(error)));
    });
    return page;
  };
  return held;
}

test('a reading that began before the end of the settle time is not the last, however long it takes', async () => {
  const held = holdReads();
  lose((accept) => void desk.clock.after(SETTLE_MS - 100, () => void accept()));
  await own.send('1');
  await desk.clock.advance(SETTLE_MS + 100);
  held.shift()?.();
  await desk.clock.advance(2_000);
  expect(await own.phases()).toEqual(['1: checking']);
  for (const end of held) end();
  await tick();
  expect(await own.phases()).toEqual(['1: sent']);
  expect(desk.platform.accepted).toEqual(['1']);
});

test('refusals to be read conclude nothing before the end of the settle time', async () => {
  desk.platform.broken.add('a');
  lose((accept) => void desk.clock.after(SETTLE_MS - 100, () => void accept()));
  await own.send('1');
  for (let times = 0; times < 9; times += 1) {
    // Whenever the way opens it is tried again.
    desk.setGate(null);
    await tick();
  }
  expect(await own.phases()).toEqual(['1: checking']);
  desk.platform.broken.clear();
  await desk.clock.advance(SETTLE_MS + 10_000);
  expect(await own.phases()).toEqual(['1: sent']);
  expect(desk.platform.accepted).toEqual(['1']);
});

test.each([
  ['ends without a word', undefined],
  ['is refused', new CodedError('invalid', 'Broken')],
])('what a person says while it is read stands, also when the reading %s', async (_how, error) => {
  desk.platform.broken.add('a');
  lose(() => {});
  const { id } = await own.send('1');
  // All but one of the refusals after which a person would be asked.
  await desk.clock.advance(SETTLE_MS - 1_000);
  desk.platform.broken.clear();
  // Something that leaves it unclear.
  desk.platform.write('a', 'automatic', '1');
  const held = holdReads();
  await desk.clock.advance(10_000);
  expect(await own.phases()).toEqual(['1: checking']);
  desk.setGate('offline');
  await desk.call('outbox.settle', { messageId: id, verdict: 'send-again' });
  for (const end of held.splice(0)) end(error);
  await tick();
  expect(await own.phases()).toEqual(['1: queued']);
  desk.setGate(null);
  for (let times = 0; times < 5; times += 1) {
    await tick();
    for (const end of held.splice(0)) end();
  }
  await tick();
  expect(await own.phases()).toEqual(['1: sent']);
  expect(desk.platform.accepted).toEqual(['1']);
});

test.each(['a kill', 'an answer that is cut'])(
  'what was seen to have arrived needs no looking for after %s',
  async (how) => {
    let end = (): void => {};
    desk.platform.onSend = (accept) => {
      accept();
      return new Promise((_, reject) => (end = () => reject(new CodedError('ambiguous', 'Cut'))));
    };
    await own.send('1');
    // It is read before it is answered.
    await desk.clock.advance(2_000);
    desk.platform.readError = new CodedError('unreachable', 'Down');
    if (how === 'a kill') desk.crash();
    else end();
    await tick();
    expect(await own.phases()).toEqual(['1: sent']);
    expect(desk.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  },
);
