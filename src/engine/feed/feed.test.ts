import { expect, test } from 'vitest';
import type { FeedEvent } from '../../contract/feeds.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createFeed } from './feed.ts';

test('changes within 50 ms become one event a kind, in sequence', async () => {
  const clock = fakeClock();
  const feed = createFeed('e1', clock);
  const seen: FeedEvent[] = [];
  feed.subscribe((event) => seen.push(event));
  feed.emit('messages', [1]);
  feed.emit('conversations', [1]);
  await clock.advance(49);
  feed.emit('messages', [2, 1]);
  expect(seen).toEqual([]);
  await clock.advance(1);
  feed.emit('messages', [3]);
  await clock.advance(50);
  expect(seen).toEqual([
    { epoch: 'e1', seq: 1, kind: 'messages', ids: [1, 2] },
    { epoch: 'e1', seq: 2, kind: 'conversations', ids: [1] },
    { epoch: 'e1', seq: 3, kind: 'messages', ids: [3] },
  ]);
});

test('"any of them" swallows single ids, and so do very many', async () => {
  const clock = fakeClock();
  const feed = createFeed('e1', clock);
  const seen: FeedEvent[] = [];
  feed.subscribe((event) => seen.push(event));
  feed.emit('stores', [4]);
  feed.emit('stores');
  feed.emit('stores', [5]);
  feed.emit(
    'messages',
    Array.from({ length: 201 }, (_, index) => index + 1),
  );
  await clock.advance(50);
  expect(seen.map(({ kind, ids }) => ({ kind, ids }))).toEqual([
    { kind: 'stores', ids: [] },
    { kind: 'messages', ids: [] },
  ]);
});

test('closing sends what waits and leaves no timer', () => {
  const clock = fakeClock();
  const feed = createFeed('e1', clock);
  const seen: FeedEvent[] = [];
  feed.subscribe((event) => seen.push(event));
  feed.emit('drafts', [1]);
  feed.close();
  feed.emit('drafts', [2]);
  expect(seen).toHaveLength(1);
  expect(clock.waiting).toBe(0);
});
