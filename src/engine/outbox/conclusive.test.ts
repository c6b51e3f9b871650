import { afterEach, beforeEach, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { RemoteMessage } from '../../channels/channel.ts';
import type { ChatDesk } from '../../testing/chat-desk.ts';
import { askedDesk, endDesk, type OwnMessages } from '../../testing/own-messages.ts';

/** As the desk's store says. */
const SETTLE_MS = 5_000;
const MINUTE_MS = 60_000;

let desk: ChatDesk;
let own: OwnMessages;

beforeEach(async () => {
  ({ desk, own } = await askedDesk());
});
afterEach(() => endDesk(desk));

const settled = (): Promise<void> => desk.clock.advance(SETTLE_MS + 5_000);
/** The next send is lost; what its platform does with it is `script`. Those after it are taken. */
function lose(script: (accept: () => unknown) => void): void {
  desk.platform.onSend = (accept) => {
    desk.platform.onSend = (later) => later();
    script(accept);
    throw new CodedError('ambiguous', 'Cut');
  };
}
/** From now on the platform lists these, and says that there is nothing before them. */
function listOnly(items: readonly RemoteMessage[]): void {
  desk.platform.channel.listMessages = () => Promise.resolve({ items, next: null });
}

test('a conversation that is suddenly empty proves nothing: a person is asked', async () => {
  lose((accept) => {
    accept();
    listOnly([]);
  });
  await own.send('1');
  await settled();
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
});

test('nor does one that ends before what was known to be there', async () => {
  await desk.clock.advance(2 * MINUTE_MS);
  lose((accept) => {
    accept();
    listOnly([desk.platform.write('a', 'buyer', 'Newest')]);
  });
  await own.send('1');
  await settled();
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
});

test('what can not be read may be it, also where it looks like the buyer wrote it', async () => {
  lose(() => desk.platform.write('a', 'buyer', '', { kind: 'unreadable', text: null, raw: '{}' }));
  await own.send('1');
  await settled();
  expect(desk.platform.accepted).toEqual([]);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
});

test("its words under the platform's own name leave it to a person; other words of the platform do not", async () => {
  lose(() => desk.platform.write('a', 'automatic', '1'));
  await own.send('1');
  await settled();
  expect(desk.platform.accepted).toEqual([]);
  const [first] = await own.all();
  expect(first?.pending?.phase).toBe('unconfirmed');
  await desk.call('outbox.settle', { messageId: first?.id ?? 0, verdict: 'arrived' });
  lose(() => desk.platform.write('a', 'platform', 'Rate us'));
  await own.send('2');
  await settled();
  expect(desk.platform.accepted).toEqual(['2']);
  expect(await own.phases()).toEqual(['1: sent', '2: sent']);
});

test('where clock and platform are wrong together, its words from too early are not overlooked', async () => {
  desk.jump(60 * MINUTE_MS);
  desk.platform.write('a', 'shop', 'Broken', { at: desk.clock.now() - 30 * MINUTE_MS });
  await desk.clock.advance(1_500);
  lose((accept) => accept());
  await own.send('1');
  await settled();
  expect(desk.platform.accepted).toEqual(['1']);
  expect(await own.phases()).toEqual(['1: unconfirmed']);
});

test.each([
  ['Black & white?', { text: 'Black &amp; white?' }],
  ['[happy]', { kind: 'sticker', text: '[happy]' }],
] as const)('a platform that writes %j otherwise leaves it to a person', async (text, over) => {
  lose(() => desk.platform.write('a', 'shop', '', over));
  await own.send(text);
  await settled();
  expect(desk.platform.accepted).toEqual([]);
  expect(await own.phases()).toEqual([`${text}: unconfirmed`]);
});
