import { afterEach, beforeEach, expect, test } from 'vitest';
import { contract, type CallInput } from '../../contract/index.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempDb } from '../../testing/temp-engine.ts';
import { createSnapshots } from './snapshots.ts';

let temp: ReturnType<typeof tempDb>;
beforeEach(() => {
  temp = tempDb();
  temp.db.exec(`INSERT INTO environments (id, key, name) VALUES (1, 'test', 'Test');
    INSERT INTO accounts (id, environment_id, platform, remote_id, name, context_key, created_at)
      VALUES (1, 1, 'shopee', 'a', 'A', 'k', 0);
    INSERT INTO stores (id, account_id, platform, site, remote_id, name, created_at)
      VALUES (1, 1, 'shopee', 'SG', '1', 'Hive Audio', 0);
    INSERT INTO buyers (id, store_id, remote_id, name) VALUES (1, 1, 'b', 'Dewi');
    INSERT INTO conversations (id, store_id, connection, buyer_id, remote_id, created_at) VALUES (7, 1, 'api', 1, 'c', 0);`);
});
afterEach(() => temp.close());

const filter = { storeIds: [3], keyword: 'kaki', unread: true } as const;
const shown = (): CallInput<'snapshots.save'> => ({
  filter: { ...filter, storeIds: [3] },
  selectedId: 7,
  list: { conversationId: 9, index: 12, offset: -30 },
});

test('the panel comes back as it was saved, with the time, after a new start', async () => {
  const clock = fakeClock();
  const first = createSnapshots({ db: temp.db, clock });
  expect(await first.handlers['snapshots.get']({})).toBeNull();
  const input = contract['snapshots.save'].input.parse(shown());
  await first.handlers['snapshots.save'](input);
  const again = createSnapshots({ db: temp.db, clock });
  expect(await again.handlers['snapshots.get']({})).toEqual({ snapshot: input, savedAt: clock.now() });
});

test.each(['not JSON', '{}', '{"filter":{"state":"eaten"},"selectedId":-1,"list":null}', 'null'])(
  'what nobody of this version wrote counts as nothing: %s',
  async (value) => {
    temp.db.prepare(`INSERT INTO panel_snapshots VALUES ('panel', ?, 0)`).run(value);
    const snapshots = createSnapshots({ db: temp.db, clock: fakeClock() });
    expect(await snapshots.handlers['snapshots.get']({})).toBeNull();
  },
);

test('a reading position is kept per conversation, and goes with it', async () => {
  const { handlers } = createSnapshots({ db: temp.db, clock: fakeClock() });
  const position = { messageId: 40, offset: -12, atEnd: false, unreadFromId: 38 };
  expect(await handlers['snapshots.position']({ conversationId: 7 })).toBeNull();
  await handlers['snapshots.savePosition']({ conversationId: 7, ...position, atEnd: true });
  await handlers['snapshots.savePosition']({ conversationId: 7, ...position });
  expect(await handlers['snapshots.position']({ conversationId: 7 })).toEqual(position);
  temp.db.exec('DELETE FROM conversations');
  expect(temp.db.prepare('SELECT count(*) FROM reading_positions').pluck().get()).toBe(0);
});

test('a conversation nobody has is not found', () => {
  const { handlers } = createSnapshots({ db: temp.db, clock: fakeClock() });
  const missing = { conversationId: 99, messageId: 1, offset: 0, atEnd: true, unreadFromId: null };
  expect(() => handlers['snapshots.savePosition'](missing)).toThrow('No such conversation');
  expect(() => handlers['snapshots.position']({ conversationId: 99 })).toThrow('No such conversation');
});
