import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../contract/models.ts';
import { firstUnread, threadItems, type ThreadItem } from './thread-items.ts';

const at = (day: number, hour: number, minute = 0): number => new Date(2026, 10, day, hour, minute).getTime();
const message = (id: number, time: number, author: MessageView['author'] = 'buyer'): MessageView => ({
  id,
  conversationId: 1,
  cursor: `c${id}`,
  author,
  kind: 'text',
  at: time,
  text: 'text',
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
});

const named = (items: readonly ThreadItem[]): string[] =>
  items.map((item) => (item.kind === 'message' ? `${item.message.id}${item.joined ? '+' : ''}` : item.key));

describe('threadItems', () => {
  it('separates local days and joins bubbles of one author', () => {
    const items = threadItems(
      [
        message(1, at(20, 23, 58)),
        message(2, at(21, 0, 1)),
        message(3, at(21, 0, 2)),
        message(4, at(21, 0, 3), 'here'),
        message(5, at(21, 9), 'here'),
      ],
      null,
    );
    expect(named(items)).toEqual(['day-2026-11-20', '1', 'day-2026-11-21', '2', '3+', '4', '5']);
  });

  it('never bears one key twice, even when a pending message stands after a later day', () => {
    const items = threadItems(
      [message(1, at(20, 9)), message(2, at(21, 9)), message(3, at(20, 10), 'here')],
      null,
    );
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  });

  it('draws the line above the first new message, which joins nothing across it', () => {
    const messages = [message(1, at(20, 9)), message(2, at(20, 9, 1)), message(3, at(20, 9, 2))];
    expect(named(threadItems(messages, 2))).toEqual(['day-2026-11-20', '1', 'unread', '2', '3+']);
    expect(named(threadItems(messages, 9))).toEqual(['day-2026-11-20', '1', '2+', '3+']);
  });
});

describe('firstUnread', () => {
  it('counts what the buyer wrote, from the newest on', () => {
    const messages = [
      message(1, 1),
      message(2, 2),
      message(3, 3, 'here'),
      { ...message(4, 4), recalled: true },
      message(5, 5),
    ];
    expect([0, 1, 2, 3, 4].map((unread) => firstUnread(messages, unread))).toEqual([null, 5, 2, 1, null]);
  });
});
