import type { MessageView } from '../../contract/models.ts';

/** What is drawn one below the other: a separator of days, the line above what is new, or a message. */
export type ThreadItem =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: MessageView;
      /** Goes on with the bubble above: same side, same day, soon after. */
      readonly joined: boolean;
    };

/** Which side of the thread a message stands on. */
export function sideOf(message: MessageView): 'buyer' | 'shop' | 'middle' {
  if (message.kind === 'system') return 'middle';
  if (message.author === 'buyer') return 'buyer';
  return message.author === 'platform' ? 'middle' : 'shop';
}

const joinedWithinMs = 5 * 60_000;

function joins(above: MessageView | undefined, message: MessageView): boolean {
  if (above === undefined || above.author !== message.author) return false;
  return sideOf(above) === sideOf(message) && message.at - above.at < joinedWithinMs;
}

/** The local day of a time, as text that is equal for equal days. */
function dayKey(at: number): string {
  const local = new Date(at);
  return `day-${local.getFullYear()}-${local.getMonth() + 1}-${local.getDate()}`;
}

/**
 * The first of the buyer's newest `unread` messages, before which the line above what is new stands; null when none is
 * unread, or when it is not among these messages.
 */
export function firstUnread(messages: readonly MessageView[], unread: number): number | null {
  if (unread <= 0) return null;
  const fromBuyer = messages.filter((message) => message.author === 'buyer' && !message.recalled);
  return fromBuyer.at(-unread)?.id ?? null;
}

/**
 * The items of a stretch of messages. `unreadFromId`: the message with the line above it. A pending message carries the
 * time of writing and stands last, so a day may
 * come twice: its separator then bears the message's id too.
 */
export function threadItems(
  messages: readonly MessageView[],
  unreadFromId: number | null,
): readonly ThreadItem[] {
  const items: ThreadItem[] = [];
  const days = new Set<string>();
  let day = '';
  messages.forEach((message, index) => {
    const next = dayKey(message.at);
    const newDay = next !== day;
    if (newDay)
      items.push({ kind: 'day', key: days.has(next) ? `${next}-${message.id}` : next, at: message.at });
    days.add(next);
    day = next;
    const isFirstUnread = message.id === unreadFromId;
    if (isFirstUnread) items.push({ kind: 'unread', key: 'unread' });
    const joined = !newDay && !isFirstUnread && joins(messages[index - 1], message);
    items.push({ kind: 'message', key: `message-${message.id}`, message, joined });
  });
  return items;
}
