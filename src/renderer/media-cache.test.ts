import { describe, expect, it } from 'vitest';
import { createMediaCache } from './media-cache.ts';

function setUp(keep: number) {
  const fetched: string[] = [];
  const revoked: string[] = [];
  let made = 0;
  const cache = createMediaCache({
    fetch: (hash) => {
      fetched.push(hash);
      return hash === 'bad' ? Promise.reject(new Error('gone')) : Promise.resolve(new Blob([hash]));
    },
    createUrl: () => `blob:${++made}`,
    revokeUrl: (url) => revoked.push(url),
    keep,
  });
  return { cache, fetched, revoked, settle: () => new Promise((resolve) => setImmediate(resolve)) };
}

describe('the media cache', () => {
  it('fetches a picture once for everyone and tells when it is there', async () => {
    const { cache, fetched, settle } = setUp(2);
    let told = 0;
    cache.hold('a', () => (told += 1));
    cache.hold('a', () => (told += 1));
    await settle();
    expect([fetched, told, cache.read('a').state]).toEqual([['a'], 2, 'ready']);
  });

  it('gives back the longest unused, never one that is shown', async () => {
    const { cache, revoked, settle } = setUp(1);
    cache.hold('shown', () => {});
    const drops = ['a', 'b'].map((hash) => cache.hold(hash, () => {}));
    await settle();
    for (const drop of drops) drop();
    expect(revoked).toEqual(['blob:2']);
    expect(cache.read('shown').state).toBe('ready');
  });

  it('tries a failed picture again for the next who shows it', async () => {
    const { cache, fetched, settle } = setUp(5);
    const drop = cache.hold('bad', () => {});
    await settle();
    expect(cache.read('bad').state).toBe('failed');
    drop();
    cache.hold('bad', () => {});
    await settle();
    expect(fetched).toEqual(['bad', 'bad']);
  });
});
