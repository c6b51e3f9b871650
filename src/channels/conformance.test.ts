import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CodedError } from '../base/errors.ts';
import { platformIds } from '../contract/models.ts';
import { HARD_PASSWORD, startChainProxy } from '../testing/real-proxies.ts';
import { sandboxChannel, type SandboxChannel, type StoreExit } from '../testing/sandbox-channel.ts';
import { pngBytes } from '../testing/pictures.ts';
import { testNet } from '../testing/test-net.ts';
import type {
  Channel,
  ImageBytes,
  OutgoingContent,
  RemoteConversation,
  RemoteMessage,
  RemotePage,
  StoreContext,
} from './channel.ts';
import { channelFor } from './registry.ts';

type Platform = Channel['facts']['platform'];

/** Reads a paged list to its end; fails on one that goes round. */
async function readAll<T>(
  read: (cursor: string | null) => Promise<RemotePage<T>>,
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let pages = 0;
  for (let cursor: string | null = null; ;) {
    const page: RemotePage<T> = await read(cursor);
    items.push(...page.items);
    pages += 1;
    if (page.next === null) return { items, pages };
    if (pages > 200) throw new Error('The list has no end');
    cursor = page.next;
  }
}

const keyOf = (one: RemoteConversation): { remoteId: string; buyerId: string } => ({
  remoteId: one.remoteId,
  buyerId: one.buyer.remoteId,
});

/** The code of a failure; `ok` where the call passes. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

function picture(): ImageBytes {
  return { bytes: pngBytes(320, 200), type: 'image/png', width: 320, height: 200 };
}

function isNewestFirst(messages: readonly RemoteMessage[]): boolean {
  return messages.every((message, index) => {
    const newer = messages[index - 1];
    if (newer === undefined || newer.at > message.at) return true;
    if (newer.at < message.at) return false;
    return newer.sequence === '' || BigInt(newer.sequence) > BigInt(message.sequence);
  });
}

/** As a store with a proxy leaves: by the engine's choke point, its forwarder, and a proxy that wants a password. */
async function proxyExit(): Promise<StoreExit> {
  const proxy = await startChainProxy('127.0.0.5', { username: 'kunde', password: HARD_PASSWORD });
  const net = testNet();
  net.bind(1, proxy);
  return {
    open: (own) => net.exitFor(1, 1, own),
    close: async () => {
      await net.close();
      await proxy.stop();
    },
  };
}

/** What every channel must do, shown against the sandbox's stand-in of its platform. */
function describeChannel(platform: Platform, way = '', exit?: () => Promise<StoreExit>): void {
  describe(`the ${platform} channel${way}`, () => {
    const channel = channelFor(platform);
    let sandbox: SandboxChannel;
    let store: StoreContext;
    let listed: readonly RemoteConversation[];

    beforeAll(async () => {
      sandbox = await sandboxChannel(platform, 'loose', await exit?.());
      store = sandbox.store;
      listed = (await readAll((cursor) => channel.listConversations(store, cursor))).items;
    });
    afterAll(() => sandbox.stop());

    const history = (one: RemoteConversation) =>
      readAll((cursor) => channel.listMessages(store, keyOf(one), cursor));
    const first = (): RemoteConversation => {
      const [conversation] = listed;
      if (conversation === undefined) throw new Error('The sandbox has no conversation');
      return conversation;
    };
    const readBack = async (remoteId: string): Promise<RemoteMessage | undefined> => {
      const page = await channel.listMessages(store, keyOf(first()), null);
      return page.items.find((one) => one.remoteId === remoteId);
    };
    const say = (text: string, to = first()) => channel.send(store, keyOf(to), { kind: 'text', text });

    it('lists every conversation once, newest first', () => {
      expect(listed.length).toBeGreaterThanOrEqual(40);
      expect(new Set(listed.map((one) => one.remoteId)).size).toBe(listed.length);
      const times = listed.map((one) => one.lastMessageAt ?? 0);
      expect(times).toEqual(times.toSorted((left, right) => right - left));
      expect(listed.every((one) => one.buyer.remoteId !== '' && one.buyer.name !== '' && one.canSend)).toBe(
        true,
      );
    });

    it('reads histories to their end, each message once, newest first, and understands them', async () => {
      const kinds = new Set<string>();
      const authors = new Set<string>();
      let longest = 0;
      for (const conversation of listed) {
        const { items, pages } = await history(conversation);
        longest = Math.max(longest, pages);
        expect(new Set(items.map((one) => one.remoteId)).size).toBe(items.length);
        expect(items).toHaveLength(await sandbox.stored(conversation.remoteId));
        expect(isNewestFirst(items)).toBe(true);
        expect(items.filter((one) => one.kind === 'unreadable')).toEqual([]);
        expect(items.every((one) => one.conversationId === conversation.remoteId)).toBe(true);
        for (const item of items) {
          kinds.add(item.kind);
          authors.add(item.author);
        }
      }
      expect(longest).toBeGreaterThan(1);
      expect([...kinds]).toEqual(
        expect.arrayContaining(['text', 'image', 'order', 'product', 'voucher', 'unsupported']),
      );
      expect([...authors]).toEqual(expect.arrayContaining(['buyer', 'shop', 'automatic', 'platform']));
    });

    it('keeps ids as text, whole, in the list and by themselves', async () => {
      const again = await channel.getConversation(store, first().remoteId);
      expect(again.remoteId).toBe(first().remoteId);
      expect(again.buyer).toEqual(first().buyer);
      const digits = /^\d+$/.test(again.remoteId);
      // Lazada's ids are words; the others' lie beyond what a double holds.
      expect(!digits || BigInt(again.remoteId) > BigInt(Number.MAX_SAFE_INTEGER)).toBe(true);
      const unknown = first().remoteId.replaceAll(/\d/g, '7');
      expect(await codeOf(channel.getConversation(store, unknown))).toBe('not-found');
    });

    it('sends a text and reads it back as the shop’s, letter for letter, under the same id', async () => {
      const text = `Ya "ada" & <b>lebih</b>\n+1% สวัสดี 你好 ${'😀'} \\u0041`;
      const before = (await history(first())).items.length;
      const receipt = await say(text);
      const { items } = await history(first());
      const own = items.filter((one) => one.remoteId === receipt.remoteId);
      expect(own).toMatchObject([{ author: 'shop', kind: 'text', text, conversationId: first().remoteId }]);
      expect(items.filter((one) => one.author === 'shop' && one.text === text)).toHaveLength(1);
      expect(items.length).toBeGreaterThan(before);
    });

    it('uploads a picture, sends it and reads it back by the same address; the bytes are there', async () => {
      const uploaded = await channel.uploadImage(store, picture());
      expect(uploaded).toMatchObject({ width: 320, height: 200 });
      const receipt = await channel.send(store, keyOf(first()), { kind: 'image', image: uploaded });
      const own = await readBack(receipt.remoteId);
      expect(own).toMatchObject({ author: 'shop', kind: 'image', image: uploaded });
      const file = await store.http.download(uploaded.url, { maxBytes: 5_000_000, timeoutMs: 5000 });
      expect(Buffer.from(file.bytes).equals(Buffer.from(picture().bytes))).toBe(true);
      const listed = await channel.listConversations(store, null);
      expect(listed.items[0]?.lastMessageId).toBe(receipt.remoteId);
    });

    it('sends every card its facts name and reads back its number', async () => {
      const { product, order, voucher } = await sandbox.goods();
      const cards: Readonly<Record<string, OutgoingContent>> = {
        product: { kind: 'product', reference: product },
        order: { kind: 'order', reference: order },
        voucher: { kind: 'voucher', reference: voucher.id, code: voucher.code },
      };
      for (const kind of channel.facts.sends.cards) {
        const content = cards[kind];
        if (content === undefined || !('reference' in content)) throw new Error(`No card for ${kind}`);
        const receipt = await channel.send(store, keyOf(first()), content);
        expect(await readBack(receipt.remoteId)).toMatchObject({
          author: 'shop',
          kind,
          card: { reference: content.reference },
        });
      }
    });

    it('is told of cards and pictures that the shop does not have', async () => {
      const sent = async (content: OutgoingContent) => codeOf(channel.send(store, keyOf(first()), content));
      const stray = { url: `${store.app.api}/file/u1-${'0'.repeat(64)}.png`, width: 3, height: 2 };
      const unknown = await Promise.all([
        sent({ kind: 'product', reference: '1' }),
        sent({ kind: 'order', reference: '1' }),
        sent({ kind: 'voucher', reference: '1', code: 'X' }),
        sent({ kind: 'image', image: stray }),
      ]);
      expect(unknown.every((code) => code === 'not-found' || code === 'rejected')).toBe(true);
    });

    it('is told which pictures the platform does not take', async () => {
      const { image } = channel.facts.sends;
      if (image === null) throw new Error('The platform takes no pictures');
      const bytes = new Uint8Array(image.maxBytes + 1);
      bytes.set(picture().bytes);
      const lax = (change: object) => channel.uploadImage(store, { ...picture(), ...change });
      await expect(lax({ bytes })).rejects.toMatchObject({
        code: 'invalid',
        details: { reason: 'too-large' },
      });
      await expect(lax({ type: 'image/bmp' })).rejects.toMatchObject({
        code: 'invalid',
        details: { reason: 'wrong-type' },
      });
      // Bytes that are none, under a type that is taken.
      expect(await codeOf(lax({ bytes: new Uint8Array([1, 2, 3]) }))).toBe('rejected');
    });

    it.each([
      ['refuse', 'rejected'],
      ['rate-limit', 'rate-limited'],
      ['error', 'unreachable'],
      ['http-500', 'unreachable'],
      ['garbage', 'unreachable'],
      ['cut-body', 'unreachable'],
      ['cut-before', 'unreachable'],
      ['drop-after-accept', 'unreachable'],
    ])('fault %s: an upload is %s, and may be repeated', async (kind, code) => {
      await sandbox.fault({ kind, path: 'upload' });
      expect(await codeOf(channel.uploadImage(store, picture()))).toBe(code);
      expect(await codeOf(channel.uploadImage(store, picture()))).toBe('ok');
    });

    it('is ambiguous about a card whose answer was dropped, which is there', async () => {
      const { product } = await sandbox.goods();
      const before = (await history(first())).items.length;
      await sandbox.fault({ kind: 'drop-after-accept', path: 'send' });
      const send = channel.send(store, keyOf(first()), { kind: 'product', reference: product });
      expect(await codeOf(send)).toBe('ambiguous');
      const { items } = await history(first());
      expect(items).toHaveLength(before + 1);
      expect(items[0]).toMatchObject({ author: 'shop', kind: 'product', card: { reference: product } });
    });

    it('sends the longest text its facts allow', async () => {
      const text = 'ก'.repeat(channel.facts.maxTextLength);
      const receipt = await say(text);
      const page = await channel.listMessages(store, keyOf(first()), null);
      expect(page.items.find((one) => one.remoteId === receipt.remoteId)?.text).toBe(text);
    });

    it('sends the read mark', async () => {
      const unread = listed.find((one) => (one.unread ?? 0) > 0 && one.lastMessageId !== null);
      if (unread?.lastMessageId == null) throw new Error('The sandbox has nothing unread');
      await channel.markRead(store, { remoteId: unread.remoteId, lastMessageId: unread.lastMessageId });
      expect((await channel.getConversation(store, unread.remoteId)).unread).toBe(0);
    });

    it('fetches a picture by its address', async () => {
      const histories = await Promise.all(listed.slice(0, 20).map(history));
      const pictures = histories.flatMap(({ items }) =>
        items.flatMap((one) => (one.kind === 'image' ? [one.image] : [])),
      );
      expect(pictures.length).toBeGreaterThan(1);
      // Some of the sandbox's pictures are slow on purpose; whichever comes first will do.
      const limits = { maxBytes: 5_000_000, timeoutMs: 5000 };
      const file = await Promise.any(pictures.map((one) => store.http.download(one?.url ?? '', limits)));
      expect(file.status).toBe(200);
      expect(Buffer.from(file.bytes.subarray(0, 4)).toString('hex')).toBe('89504e47');
    });

    it('trades tokens: the new ones work', async () => {
      const token = await channel.refreshToken(store);
      expect(token.accessToken).not.toBe(store.token.accessToken);
      expect(token.accessTokenExpiresAt).toBeGreaterThan(store.now());
      expect(token.refreshTokenExpiresAt).toBeGreaterThan(token.accessTokenExpiresAt);
      const old = store;
      store = { ...store, token };
      expect((await channel.listConversations(store, null)).items.length).toBeGreaterThan(0);
      // Shopee's refresh tokens are good for one use; of the others it isn't published.
      if (platform === 'shopee') expect(await codeOf(channel.refreshToken(old))).toBe('auth-expired');
    });

    it('tells wrong credentials and a wrong clock apart', async () => {
      const wrongSecret = { ...store, app: { ...store.app, appSecret: 'wrong' } };
      const wrongToken = { ...store, token: { ...store.token, accessToken: 'wrong' } };
      const wrongClock = { ...store, now: () => store.now() - 86_400_000 };
      const attempt = (one: StoreContext) => channel.listConversations(one, null);
      await expect(attempt(wrongSecret)).rejects.toMatchObject({
        code: 'rejected',
        details: { reason: 'wrong_signature' },
      });
      await expect(attempt(wrongToken)).rejects.toMatchObject({ code: 'auth-expired' });
      await expect(attempt(wrongClock)).rejects.toMatchObject({
        code: 'rejected',
        details: { reason: 'clock_skew' },
      });
    });

    it.each([
      ['rate-limit', 'rate-limited', 'rate-limited'],
      ['refuse', 'rejected', 'rejected'],
      ['error', 'ambiguous', 'unreachable'],
      ['http-500', 'ambiguous', 'unreachable'],
      ['garbage', 'ambiguous', 'unreachable'],
      ['cut-body', 'ambiguous', 'unreachable'],
      ['cut-before', 'ambiguous', 'unreachable'],
      ['drop-after-accept', 'ambiguous', 'unreachable'],
    ])('fault %s: a send is %s, a read %s', async (kind, sent, read) => {
      await sandbox.fault({ kind, path: 'send' });
      expect(await codeOf(say(`under ${kind}`))).toBe(sent);
      await sandbox.fault({ kind, path: 'history' });
      expect(await codeOf(channel.listMessages(store, keyOf(first()), null))).toBe(read);
      expect(await codeOf(history(first()))).toBe('ok');
    });

    it('is ambiguous with good reason: a dropped answer hides a message that went out', async () => {
      await sandbox.fault({ kind: 'drop-after-accept', path: 'send' });
      expect(await codeOf(say('accepted in silence'))).toBe('ambiguous');
      const { items } = await history(first());
      expect(items.filter((one) => one.text === 'accepted in silence')).toHaveLength(1);
    });

    it('sees a token expire, and recovers by a refresh', async () => {
      await sandbox.fault({ kind: 'expire-token' });
      expect(await codeOf(say('too late'))).toBe('auth-expired');
      store = { ...store, token: await channel.refreshToken(store) };
      expect(await codeOf(say('in time'))).toBe('ok');
    });

    it('keeps a page whose fields are odd: broken messages unreadable, the rest as they were', async () => {
      const read = () => channel.listMessages(store, keyOf(first()), null);
      const whole = await read();
      await sandbox.fault({ kind: 'odd-fields', path: 'history' });
      const odd = await read();
      expect(odd.items).toHaveLength(whole.items.length);
      const broken = odd.items.filter((one) => one.kind === 'unreadable');
      expect(broken.length).toBeGreaterThan(0);
      expect(broken.every((one) => one.raw !== null)).toBe(true);
      const rest = odd.items.filter(
        (one, index) => JSON.stringify(one) === JSON.stringify(whole.items[index]),
      );
      expect(rest.length).toBeGreaterThan(whole.items.length / 2);
      await sandbox.fault({ kind: 'odd-fields', path: 'list' });
      const conversations = (await channel.listConversations(store, null)).items;
      expect(conversations.length).toBeGreaterThan(channel.facts.conversationPageSize / 2);
    });

    it('is unreachable, for a send too, while nobody listens', async () => {
      await sandbox.fault({ kind: 'away' });
      // Through a proxy the end of an idle connection takes a moment; until then it looks open, and a send may have left.
      expect(await codeOf(channel.listConversations(store, null))).toBe('unreachable');
      expect(await codeOf(say('to nobody'))).toBe('unreachable');
      await sandbox.clearFaults();
      expect(await codeOf(say('to somebody'))).toBe('ok');
    });
  });
}

for (const platform of platformIds) describeChannel(platform);
describeChannel('lazada', ' through a proxy', proxyExit);
