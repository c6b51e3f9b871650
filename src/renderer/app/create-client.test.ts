import { describe, expect, it } from 'vitest';
import type { Clock } from '../../base/time.ts';
import type { FeedEvent } from '../../contract/feeds.ts';
import { CALL_WAIT_MS, createClient, type Connection } from './create-client.ts';
import type { Attempt, Link } from './link.ts';

/** A clock that moves only when told. */
function handClock(): Clock & { pass(ms: number): void } {
  let now = 0;
  const tasks = new Set<{ at: number; task: () => void }>();
  return {
    now: () => now,
    after: (ms, task) => {
      const entry = { at: now + ms, task };
      tasks.add(entry);
      return () => void tasks.delete(entry);
    },
    pass: (ms) => {
      now += ms;
      for (const entry of [...tasks].sort((a, b) => a.at - b.at)) {
        if (entry.at <= now && tasks.delete(entry)) entry.task();
      }
    },
  };
}

function fakeLink(epoch: string, dataDir = '/data') {
  let feed: (event: FeedEvent) => void = () => {};
  let closed: () => void = () => {};
  const link: Link = {
    info: { version: '1', space: 'real', dataDir, epoch, storeCount: 0, readOnly: null, storage: null },
    call: (method) => Promise.resolve({ ok: true, value: `${epoch}:${method}` as never }),
    onFeed: (listener) => (feed = listener),
    onClose: (listener) => (closed = listener),
    close: () => closed(),
  };
  return { link, feed: (event: FeedEvent) => feed(event), drop: () => closed() };
}

function setUp(first: Attempt[]) {
  const clock = handClock();
  const attempts = [...first];
  const seen: string[] = [];
  const client = createClient({
    connect: () => Promise.resolve(attempts.shift() ?? { kind: 'unreachable' }),
    clock,
    random: () => 0.5,
    onChange: (connection: Connection) => seen.push(connection.state),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { client, clock, seen, settle, offer: (attempt: Attempt) => attempts.push(attempt) };
}

describe('the client', () => {
  it('connects, loses the engine, comes back, and has everything read again', async () => {
    const one = fakeLink('one');
    const { client, clock, seen, settle, offer } = setUp([{ kind: 'link', link: one.link }]);
    const told: (readonly number[])[] = [];
    client.onFeed('conversations', (ids) => told.push(ids));
    client.start();
    await settle();
    one.feed({ epoch: 'one', seq: 4, kind: 'conversations', ids: [7] });
    one.drop();
    offer({ kind: 'link', link: fakeLink('two').link });
    clock.pass(250);
    await settle();
    expect(seen).toEqual(['online', 'reconnecting', 'online']);
    expect(told).toEqual([[7], []]);
  });

  it('reads everything again after a gap, and tells only who listens to the kind otherwise', async () => {
    const one = fakeLink('one');
    const { client, settle } = setUp([{ kind: 'link', link: one.link }]);
    const told: string[] = [];
    client.onFeed('stores', (ids) => told.push(`stores ${ids.join()}`));
    client.onFeed('drafts', (ids) => told.push(`drafts ${ids.join()}`));
    client.start();
    await settle();
    one.feed({ epoch: 'one', seq: 1, kind: 'stores', ids: [1] });
    one.feed({ epoch: 'one', seq: 2, kind: 'drafts', ids: [2] });
    one.feed({ epoch: 'one', seq: 4, kind: 'drafts', ids: [3] });
    expect(told).toEqual(['stores 1', 'drafts 2', 'stores ', 'drafts ']);
  });

  it('lets a call wait for the connection, but not for ever', async () => {
    const { client, clock, settle, offer } = setUp([{ kind: 'unreachable' }]);
    client.start();
    await settle();
    const early = client.call('stores.list', {});
    offer({ kind: 'link', link: fakeLink('one').link });
    clock.pass(300);
    await settle();
    expect(await early).toEqual({ ok: true, value: 'one:stores.list' });

    const lonely = setUp([{ kind: 'no-session' }]);
    lonely.client.start();
    await lonely.settle();
    const late = lonely.client.call('stores.list', {});
    lonely.clock.pass(CALL_WAIT_MS);
    expect(await late).toMatchObject({ ok: false, error: { code: 'closed' } });
    expect(lonely.seen).toEqual(['no-session']);
  });

  it('asks nothing of another data folder: what waited or comes late is for the first one alone', async () => {
    const one = fakeLink('one');
    const { client, clock, seen, settle, offer } = setUp([{ kind: 'link', link: one.link }]);
    client.start();
    await settle();
    one.drop();
    const waited = client.call('drafts.save', { conversationId: 5, text: 'For a practice buyer' });
    offer({ kind: 'link', link: fakeLink('two', '/other').link });
    clock.pass(250);
    await settle();
    expect(seen).toEqual(['online', 'reconnecting', 'online']);
    expect(await waited).toMatchObject({ ok: false, error: { code: 'closed' } });
    const late = client.call('drafts.save', { conversationId: 5, text: 'For a practice buyer' });
    clock.pass(CALL_WAIT_MS);
    expect(await late).toMatchObject({ ok: false, error: { code: 'closed' } });
  });

  it('shows why the engine does not start, and tries again only when asked', async () => {
    const { client, clock, seen, settle, offer } = setUp([{ kind: 'start-failed', reason: 'locked' }]);
    client.start();
    await settle();
    offer({ kind: 'link', link: fakeLink('one').link });
    clock.pass(60_000);
    await settle();
    expect(seen).toEqual(['start-failed']);
    client.retryNow();
    await settle();
    expect(seen).toEqual(['start-failed', 'online']);
  });

  it('notices an engine that hangs, asks it nothing more, and goes on when it speaks again', async () => {
    const one = fakeLink('one');
    const answer = one.link.call;
    let hangs = true;
    const calls: string[] = [];
    const waiting: (() => void)[] = [];
    Object.assign(one.link, {
      call: ((method, input, options) => {
        calls.push(method);
        if (!hangs) return answer(method, input);
        return new Promise((resolve) => {
          clock.after(options?.timeoutMs ?? 30_000, () =>
            resolve({ ok: false, error: { code: 'timed-out', message: '' } }),
          );
          waiting.push(() => void answer(method, input).then((result) => resolve(result as never)));
        });
      }) satisfies Link['call'],
    });
    const { client, clock, seen, settle } = setUp([{ kind: 'link', link: one.link }]);
    const told: (readonly number[])[] = [];
    client.onFeed('stores', (ids) => told.push(ids));
    client.start();
    await settle();
    for (let second = 0; second < 12; second += 1) {
      clock.pass(1_000);
      await settle();
    }
    expect(seen).toEqual(['online', 'silent']);
    const asked = client.call('stores.list', {});
    await settle();
    expect(calls).not.toContain('stores.list');
    hangs = false;
    for (const wake of waiting) wake();
    await settle();
    expect(await asked).toEqual({ ok: true, value: 'one:stores.list' });
    expect(seen).toEqual(['online', 'silent', 'online']);
    expect(told).toEqual([[]]);
  });

  it('leaves an engine alone that speaks by itself', async () => {
    const one = fakeLink('one');
    const calls: string[] = [];
    const answer = one.link.call;
    Object.assign(one.link, {
      call: ((method, input) => {
        calls.push(method);
        return answer(method, input);
      }) satisfies Link['call'],
    });
    const { client, clock, settle } = setUp([{ kind: 'link', link: one.link }]);
    client.start();
    await settle();
    for (let seq = 1; seq < 20; seq += 1) {
      one.feed({ epoch: 'one', seq, kind: 'stores', ids: [1] });
      clock.pass(1_000);
      await settle();
    }
    expect(calls).toEqual([]);
    one.drop();
    clock.pass(60_000);
    await settle();
    expect(calls).toEqual([]);
  });
});
