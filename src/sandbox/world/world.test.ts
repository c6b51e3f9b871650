import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateWorld } from './generate.ts';
import type { Message } from './model.ts';
import type { World } from './world.ts';

const BASE = Date.UTC(2026, 8, 1, 8, 0);
const DAY = 86_400_000;

function make(seed: string, baseAt = BASE): World {
  return generateWorld({ seed, baseAt, accessTokenMs: null });
}

function plain(world: World): unknown {
  return world.shops.map((shop) => ({ ...shop, conversations: [...shop.conversations.values()] }));
}

function hash(world: World): string {
  return createHash('sha256')
    .update(JSON.stringify(plain(world)))
    .digest('hex');
}

function allMessages(world: World): Message[] {
  return world.shops.flatMap((shop) => [...shop.conversations.values()].flatMap(({ messages }) => messages));
}

describe('the world', () => {
  const world = make('a');

  it('is the same for the same seed, byte by byte, and another for another', () => {
    expect(hash(make('a'))).toBe(hash(world));
    expect(hash(make('b'))).not.toBe(hash(world));
  });

  it('has ids that depend on the seed alone', () => {
    const later = make('a', BASE + 3 * DAY);
    expect(allMessages(later).map(({ id }) => id)).toEqual(allMessages(world).map(({ id }) => id));
    expect(allMessages(later)[0]?.at).toBe((allMessages(world)[0]?.at ?? 0) + 3 * DAY);
  });

  it('has six shops on two sites a platform, 40 conversations or more each, 5 to 400 messages', () => {
    expect(world.shops.map(({ platform, site }) => `${platform} ${site}`)).toEqual([
      'shopee ID',
      'shopee TH',
      'lazada VN',
      'lazada PH',
      'tiktok MY',
      'tiktok SG',
    ]);
    for (const shop of world.shops) {
      const lengths = [...shop.conversations.values()].map(({ messages }) => messages.length);
      expect(lengths.length).toBeGreaterThanOrEqual(40);
      expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([5, 400]);
    }
  });

  it('is at most a month old, in order, with every id once', () => {
    for (const shop of world.shops) {
      const ids = [...shop.conversations.values()].flatMap(({ messages }) => messages.map(({ id }) => id));
      expect(new Set(ids).size).toBe(ids.length);
      for (const { messages } of shop.conversations.values()) {
        const times = messages.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times[0]).toBeGreaterThan(BASE - 30 * DAY);
        expect(times.at(-1)).toBeLessThan(BASE);
      }
    }
  });

  it('speaks seven languages and shows every kind of content', () => {
    const languages = new Set(
      world.shops.flatMap((shop) => [...shop.conversations.values()].map((one) => one.buyer.language)),
    );
    expect([...languages].toSorted()).toEqual(['en', 'fil', 'id', 'ms', 'th', 'vi', 'zh']);
    const kinds = new Set(allMessages(world).map(({ content }) => content.kind));
    for (const kind of [
      'text',
      'image',
      'video',
      'sticker',
      'product',
      'order',
      'voucher',
      'return',
      'notice',
      'menu',
      'unknown',
    ]) {
      expect(kinds).toContain(kind);
    }
    const texts = allMessages(world).flatMap(({ content }) =>
      content.kind === 'text' ? [content.text] : [],
    );
    expect(texts.filter((text) => /\{\w+\}/.test(text))).toEqual([]);
    expect(allMessages(world).some(({ recalled }) => recalled)).toBe(true);
    expect(allMessages(world).some(({ notice }) => notice !== '')).toBe(true);
    expect(allMessages(world).some(({ visible }) => !visible)).toBe(true);
  });

  it('leaves some buyers waiting and others answered', () => {
    for (const shop of world.shops) {
      const last = [...shop.conversations.values()].map(({ messages }) => messages.at(-1)?.author);
      expect(last.filter((author) => author === 'buyer').length).toBeGreaterThan(4);
      expect(last.filter((author) => author === 'agent').length).toBeGreaterThan(4);
    }
  });
});
