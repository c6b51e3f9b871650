import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryFeed, tempDb } from '../../testing/temp-engine.ts';
import { createSettings } from './settings.ts';

let temp: ReturnType<typeof tempDb>;
beforeEach(() => {
  temp = tempDb();
});
afterEach(() => temp.close());

test('what was set stays, the rest is the default, and pages are told', async () => {
  const feed = memoryFeed();
  const settings = createSettings({ db: temp.db, feed });
  expect(settings.read()).toMatchObject({ theme: 'system', readMarkLazada: 'reply' });
  await settings.handlers['settings.set']({ theme: 'dark', collapsedSections: ['group:1'] });
  await settings.handlers['settings.set']({ density: 'compact' });
  const again = createSettings({ db: temp.db, feed: memoryFeed() });
  expect(again.read()).toMatchObject({ theme: 'dark', density: 'compact', collapsedSections: ['group:1'] });
  expect(feed.emitted).toEqual([
    { kind: 'settings', ids: [] },
    { kind: 'settings', ids: [] },
  ]);
});

test('values that no longer fit fall back one by one', () => {
  const write = temp.db.prepare('INSERT INTO settings VALUES (?, ?)');
  for (const [key, value] of [
    ['theme', '"purple"'],
    ['density', '"compact"'],
    ['language', 'not JSON'],
    ['collapsedSections', 'null'],
    ['__proto__', '{"railOnlyWork":true}'],
    ['goneSinceVersion2', '1'],
  ]) {
    write.run(key, value);
  }
  const read = createSettings({ db: temp.db, feed: memoryFeed() }).read();
  expect(read).toMatchObject({
    theme: 'system',
    density: 'compact',
    language: 'system',
    railOnlyWork: false,
  });
  expect(read.collapsedSections).toEqual([]);
});
