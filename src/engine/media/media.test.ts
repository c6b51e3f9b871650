import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CodedError } from '../../base/errors.ts';
import type { MediaView } from '../../contract/models.ts';
import { chatDesk, type ChatDesk } from '../../testing/chat-desk.ts';
import { waitUntil } from '../../testing/wait-until.ts';
import { gifBytes, pngBytes } from '../../testing/pictures.ts';

let desk: ChatDesk;
beforeEach(() => {
  desk = chatDesk();
});
afterEach(async () => {
  await desk.stop();
  desk.close();
});

const folder = (): string => join(desk.dataDir, 'media');
const image = (url: string) =>
  ({ kind: 'image', text: null, image: { url, width: null, height: null } }) as const;
const shown = async (): Promise<(MediaView | null)[]> => {
  const page = await desk.call('messages.page', { conversationId: 1, at: { kind: 'latest' }, limit: 50 });
  return page.messages.map((m) => m.media);
};
const settled = (): Promise<void> =>
  waitUntil('no picture is pending', async () => {
    await desk.clock.advance(1);
    return desk.db.prepare(`SELECT count(*) FROM media WHERE state = 'pending'`).pluck().get() === 0;
  });
const answer = (url: string, bytes: Uint8Array, status = 200): void => {
  desk.platform.files.set(url, () => ({ status, headers: { 'content-type': 'text/html' }, bytes }));
};
const begin = async (): Promise<void> => {
  desk.start();
  await desk.clock.advance(1_500);
};

test('pictures are fetched once somebody looks, kept once by their content, and told of', async () => {
  answer('https://x.test/a', pngBytes(40, 30));
  answer('https://x.test/b', pngBytes(40, 30));
  desk.platform.write('a', 'buyer', '', image('https://x.test/a'));
  desk.platform.write('a', 'buyer', '', image('https://x.test/b'));
  await begin();
  expect(desk.platform.calls).not.toContain('download');
  expect(await shown()).toMatchObject([{ state: 'pending', hash: null }, { state: 'pending' }]);
  await settled();
  const [one, two] = await shown();
  expect(one).toMatchObject({ state: 'ready', width: 40, height: 30 });
  expect(two?.hash).toBe(one?.hash);
  expect(readdirSync(folder())).toEqual([one?.hash]);
  expect(readFileSync(join(folder(), one?.hash ?? ''))).toEqual(Buffer.from(pngBytes(40, 30)));
  expect(desk.feed.emitted.at(-1)).toEqual({ kind: 'messages', ids: [1] });
});

test('what is no picture, too large, gone, or no web address is failed, and nothing is kept of it', async () => {
  const svg = new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
  );
  answer('https://x.test/svg', svg);
  answer('https://x.test/huge', pngBytes(100_000, 100_000));
  desk.platform.files.set('https://x.test/long', () => {
    throw new CodedError('rejected', 'Too long', { reason: 'too_large' });
  });
  const urls = ['https://x.test/svg', 'https://x.test/huge', 'https://x.test/long', 'https://x.test/gone'];
  for (const url of [...urls, 'file:///etc/passwd', 'javascript:alert(1)', '']) {
    desk.platform.write('a', 'buyer', '', image(url));
  }
  await begin();
  await shown();
  await settled();
  expect(new Set((await shown()).map((media) => media?.state))).toEqual(new Set(['failed']));
  expect(existsSync(folder()) ? readdirSync(folder()) : []).toEqual([]);
});

test('a picture that can not be had now is tried again later', async () => {
  let isDown = true;
  desk.platform.files.set('https://x.test/a', () => {
    if (isDown) throw new CodedError('unreachable', 'Down');
    return { status: 200, headers: {}, bytes: gifBytes(5, 6) };
  });
  desk.platform.write('a', 'buyer', '', image('https://x.test/a'));
  await begin();
  await shown();
  await desk.clock.advance(100);
  await shown();
  isDown = false;
  await desk.clock.advance(9_000);
  expect(desk.platform.calls.filter((name) => name === 'download')).toHaveLength(1);
  await desk.clock.advance(5_000);
  await settled();
  expect(await shown()).toMatchObject([{ state: 'ready', width: 5, height: 6 }]);
});

test('while the proxy of its store is dead a picture waits, however long; its own trouble is counted', async () => {
  const errors = new Map([
    ['https://x.test/a', 'proxy-timeout'],
    ['https://x.test/b', 'proxy-ended'],
    ['https://x.test/c', 'proxy-target'],
  ]);
  for (const url of errors.keys()) {
    desk.platform.files.set(url, () => {
      const reason = errors.get(url);
      if (reason !== undefined) throw new CodedError('unreachable', 'No', { reason });
      return { status: 200, headers: {}, bytes: gifBytes(5, 6) };
    });
    desk.platform.write('a', 'buyer', '', image(url));
  }
  await begin();
  await shown();
  await desk.clock.advance(3_600_000);
  expect((await shown()).map((media) => media?.state)).toEqual(['pending', 'pending', 'failed']);
  errors.clear();
  await desk.clock.advance(70_000);
  await settled();
  expect((await shown()).map((media) => media?.state)).toEqual(['ready', 'ready', 'failed']);
});

test('an avatar comes with the list; a newly signed address of it is not fetched again', async () => {
  answer('https://x.test/face?sign=1', gifBytes(8, 8));
  desk.platform.write('a', 'buyer', 'Hello');
  desk.platform.thread('a').avatarUrl = 'https://x.test/face?sign=1';
  await begin();
  const list = () => desk.call('conversations.list', { filter: {}, sort: 'newest', limit: 10 });
  expect((await list()).rows[0]?.avatarHash).toBe(null);
  await settled();
  const hash = (await list()).rows[0]?.avatarHash;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  desk.platform.thread('a').avatarUrl = 'https://x.test/face?sign=2';
  desk.platform.write('a', 'buyer', 'Again');
  await desk.clock.advance(2_000);
  expect((await list()).rows[0]).toMatchObject({ avatarHash: hash, last: { text: 'Again' } });
  expect(desk.platform.calls.filter((name) => name === 'download')).toHaveLength(1);
});

test('what came of a picture can not be written down: it is tried again, and nothing else ends', async () => {
  answer('https://x.test/a', gifBytes(5, 6));
  desk.platform.write('a', 'buyer', '', image('https://x.test/a'));
  await begin();
  desk.db.exec(`CREATE TRIGGER full BEFORE UPDATE ON media BEGIN SELECT raise(ABORT, 'disk full'); END`);
  await shown();
  await waitUntil('it is in the log', async () => {
    await desk.clock.advance(1);
    return desk.log.lines.some(({ level, scope }) => level === 'error' && scope === 'media');
  });
  desk.db.exec('DROP TRIGGER full');
  await desk.clock.advance(20_000);
  await settled();
  expect(await shown()).toMatchObject([{ state: 'ready', width: 5, height: 6 }]);
});

test('an address signed anew before anybody looked is the same picture, fetched where it is now', async () => {
  const message = desk.platform.write('a', 'buyer', '', image('https://x.test/a?sign=1'));
  await begin();
  for (let sign = 2; sign <= 4; sign += 1) {
    Object.assign(message, image(`https://x.test/a?sign=${sign}`));
    desk.platform.write('a', 'buyer', `Text ${sign}`);
    await desk.clock.advance(5_000);
  }
  expect(desk.db.prepare('SELECT url FROM media').pluck().all()).toEqual(['https://x.test/a?sign=4']);
  answer('https://x.test/a?sign=4', gifBytes(5, 6));
  await shown();
  await settled();
  expect((await shown())[0]).toMatchObject({ state: 'ready', width: 5, height: 6 });
});

describe('while traffic is saved', () => {
  const downloads = () => desk.platform.calls.filter((name) => name === 'download').length;
  const withThumb = (name: string) =>
    ({
      ...image(`https://x.test/${name}`),
      image: { ...size, url: `https://x.test/${name}`, thumbUrl: `https://x.test/${name}-s` },
    }) as const;
  const size = { width: 40, height: 30 };
  beforeEach(async () => {
    for (const name of ['a', 'b']) answer(`https://x.test/${name}`, pngBytes(40, 30));
    answer('https://x.test/a-s', pngBytes(8, 6));
    await desk.call('settings.set', { saveTraffic: true });
  });
  const look = async () => {
    await shown();
    await desk.clock.advance(100);
    await waitUntil('the fetches are over', async () => {
      const before = downloads();
      await desk.clock.advance(10);
      return downloads() === before;
    });
    return shown();
  };

  test('a thumbnail comes, the full picture when it is asked for; without a thumbnail nothing does', async () => {
    desk.platform.write('a', 'buyer', '', withThumb('a'));
    desk.platform.write('a', 'buyer', '', image('https://x.test/b'));
    await begin();
    await waitUntil('the thumbnail is here', async () => (await look())[0]?.thumb?.hash != null);
    expect(await shown()).toMatchObject([
      { state: 'pending', hash: null, ...size },
      { state: 'pending', hash: null, thumb: null },
    ]);
    expect(downloads()).toBe(1);
    for (const messageId of [1, 2]) await desk.call('messages.fetchPicture', { messageId });
    await settled();
    expect(await shown()).toMatchObject([
      { state: 'ready', width: 40 },
      { state: 'ready', width: 40 },
    ]);
    expect(downloads()).toBe(3);
    await expect(desk.call('messages.fetchPicture', { messageId: 99 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('what was left out comes once traffic is saved no more', async () => {
    desk.platform.write('a', 'buyer', '', withThumb('a'));
    desk.platform.write('a', 'buyer', '', image('https://x.test/b'));
    await begin();
    await waitUntil('the thumbnail is here', async () => (await look())[0]?.thumb?.hash != null);
    await desk.call('settings.set', { saveTraffic: false });
    await shown();
    await settled();
    expect(await shown()).toMatchObject([{ state: 'ready' }, { state: 'ready' }]);
  });

  test('a picture whose thumbnail is none waits to be asked for, and is not failed', async () => {
    desk.platform.write('a', 'buyer', '', withThumb('b'));
    await begin();
    await waitUntil('the thumbnail is given up', async () => (await look())[0]?.thumb === null);
    expect((await shown())[0]).toMatchObject({ state: 'pending', thumb: null });
    await desk.call('messages.fetchPicture', { messageId: 1 });
    await settled();
    expect((await shown())[0]).toMatchObject({ state: 'ready', width: 40 });
  });

  test('avatars come all the same', async () => {
    answer('https://x.test/face', gifBytes(8, 8));
    desk.platform.write('a', 'buyer', 'Hello');
    desk.platform.thread('a').avatarUrl = 'https://x.test/face';
    await begin();
    await desk.call('conversations.list', { filter: {}, sort: 'newest', limit: 10 });
    await settled();
  });
});

test('while the network is gone no picture is tried, and none fails; once it is back they come', async () => {
  answer('https://x.test/a', pngBytes(40, 30));
  desk.platform.write('a', 'buyer', '', image('https://x.test/a'));
  await begin();
  desk.setGate('offline');
  await shown();
  await desk.clock.advance(3_600_000);
  expect(desk.platform.calls).not.toContain('download');
  desk.setGate(null);
  await settled();
  expect(await shown()).toMatchObject([{ state: 'ready' }]);
});
