import { describe, expect, it } from 'vitest';
import type { MessagePage } from '../../contract/messages.ts';
import type { MessageView } from '../../contract/models.ts';
import {
  loadedCount,
  opened,
  refreshed,
  windowMost,
  withNewer,
  withOlder,
  withStored,
} from './thread-window.ts';

const message = (id: number, more: Partial<MessageView> = {}): MessageView => ({
  id,
  conversationId: 1,
  cursor: `c${id}`,
  author: 'buyer',
  kind: 'text',
  at: id * 1000,
  text: `text ${id}`,
  media: null,
  meant: null,
  translation: null,
  card: null,
  typeLabel: null,
  status: null,
  pending: null,
  error: null,
  clientId: null,
  recalled: false,
  notice: null,
  ...more,
});
const range = (from: number, to: number): MessageView[] =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const page = (messages: MessageView[], more: Partial<MessagePage> = {}): MessagePage => ({
  messages,
  reachedStart: false,
  reachedEnd: true,
  stored: 1000,
  unread: 0,
  error: null,
  ...more,
});
const ids = (window: { messages: readonly MessageView[] }): number[] => window.messages.map(({ id }) => id);

describe('thread window', () => {
  it('puts older messages above, once each', () => {
    const window = withOlder(opened(page(range(51, 100)), null), page(range(1, 52), { reachedEnd: false }));
    expect(ids(window)).toEqual(range(1, 100).map(({ id }) => id));
    expect(window.reachedEnd).toBe(true);
    expect(loadedCount(window)).toBe(100);
  });

  it('lets the newest go beyond the most and goes on counting them as loaded', () => {
    const window = withOlder(opened(page(range(101, 480)), null), page(range(51, 100)));
    expect(window.messages).toHaveLength(windowMost);
    expect(ids(window)[0]).toBe(51);
    expect(window.reachedEnd).toBe(false);
    expect(loadedCount(window)).toBe(430);
  });

  it('lets the oldest go when the reader comes down again', () => {
    const up = withOlder(opened(page(range(101, 480)), null), page(range(51, 100), { reachedStart: true }));
    const down = withNewer(up, page(range(451, 480)));
    expect(ids(down)[0]).toBe(81);
    expect(down.messages.at(-1)?.id).toBe(480);
    expect(down).toMatchObject({ reachedStart: false, reachedEnd: true, letGo: 0 });
  });

  it('says all that is stored once the start is reached', () => {
    const window = opened(page(range(1, 30), { reachedStart: true, stored: 30 }), null);
    expect(loadedCount(window)).toBe(30);
  });

  it('keeps what did not change when it reads again, and older ones that came meanwhile', () => {
    const window = withOlder(opened(page(range(3, 5)), null), page(range(1, 2)));
    const changed = message(5, { author: 'here', status: 'sent' });
    const again = refreshed(window, page([...structuredClone(range(3, 4)), changed]), 3);
    expect(again?.messages[0]).toBe(window.messages[0]);
    expect(again?.messages[2]).toBe(window.messages[2]);
    expect(again?.messages[4]).toBe(changed);
    expect(refreshed(window, page(range(9, 10)), 9)).toBeNull();
  });

  it('does not bring back what was let go below', () => {
    const up = withOlder(opened(page(range(101, 480)), null), page(range(51, 100)));
    const again = refreshed(up, page(range(101, 480)), 101);
    expect(again).toMatchObject({ reachedEnd: false, letGo: 30 });
    expect(again?.messages).toHaveLength(windowMost);
    expect(again?.messages.at(-1)?.id).toBe(450);
  });

  it('takes a discarded message out', () => {
    const window = opened(page(range(1, 3)), null);
    expect(refreshed(window, page(range(2, 3)), 1)?.messages.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('shows an own message as soon as it is stored, and only once', () => {
    const window = opened(page(range(1, 2)), null);
    const own = message(9, { author: 'here', status: 'queued' });
    const with9 = withStored(window, own);
    expect(ids(with9)).toEqual([1, 2, 9]);
    expect(withStored(with9, own)).toBe(with9);
    expect(withStored({ ...window, reachedEnd: false }, own).messages).toHaveLength(2);
  });
});
