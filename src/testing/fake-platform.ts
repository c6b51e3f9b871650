import { shopeeSellerCentre } from '../channels/shopee/seller-centre.ts';
import { CodedError } from '../base/errors.ts';
import type { HttpDownload } from '../channels/http.ts';
import type { Clock } from '../base/time.ts';
import type {
  Channel,
  ChannelFacts,
  ImageBytes,
  OutgoingContent,
  RemoteConversation,
  RemoteMessage,
  RemotePage,
  SendReceipt,
  UploadedImage,
} from '../channels/channel.ts';

interface Thread {
  readonly remoteId: string;
  readonly buyerName: string;
  avatarUrl: string | null;
  unread: number;
  /** Oldest first. */
  readonly messages: RemoteMessage[];
}

/** What a send does: `accept` puts the message into the thread and gives the receipt; throw to refuse or lose it. */
export type SendScript = (accept: () => SendReceipt, text: string) => SendReceipt | Promise<SendReceipt>;

/** A platform in memory, for the orderings no real one can be asked for. */
export interface FakePlatform {
  readonly channel: Channel;
  readonly threads: ReadonlyMap<string, Thread>;
  /** Texts in the order in which they were accepted. */
  readonly accepted: string[];
  /** Names of the calls made, in order. */
  readonly calls: string[];
  onSend: SendScript;
  /** What an upload answers. Equal pictures get equal addresses unless told otherwise. */
  onUpload: (picture: ImageBytes) => UploadedImage | Promise<UploadedImage>;
  /** Runs in every call that reads, before its answer. */
  onRead: (name: string) => void;
  /** Changes a page of the list before it is answered. */
  onList: (page: RemotePage<RemoteConversation>) => RemotePage<RemoteConversation>;
  /** While set, a call whose token was refused is made once more after it, as stores do it. */
  onRefresh: (() => Promise<void>) | null;
  /** Thrown by every call that reads while set. */
  readError: Error | null;
  /** Remote ids of conversations whose messages can't be read. */
  readonly broken: Set<string>;
  /** Remote ids of conversations for whose messages the platform has no answer. */
  readonly away: Set<string>;
  /** What addresses answer; others are 404. */
  readonly files: Map<string, () => HttpDownload>;
  readonly readMarks: { readonly conversation: string; readonly message: string }[];
  thread(remoteId: string, unread?: number): Thread;
  /** Adds a message; `over` overrides any field. */
  write(
    remoteId: string,
    author: RemoteMessage['author'],
    text: string,
    over?: Partial<RemoteMessage>,
  ): RemoteMessage;
}

const facts: ChannelFacts = {
  platform: 'shopee',
  maxTextLength: 600,
  conversationPageSize: 3,
  messagePageSize: 5,
  readMark: true,
  sends: {
    cards: ['order', 'product', 'voucher'],
    image: { types: ['image/png', 'image/jpeg'], maxBytes: 1_000_000 },
    voucherCode: true,
  },
};

export function fakePlatform(clock: Clock): FakePlatform {
  const threads = new Map<string, Thread>();
  let nextId = 1;

  const page = <T>(all: readonly T[], cursor: string | null, size: number): RemotePage<T> => {
    const start = cursor === null ? 0 : Number(cursor);
    const next = start + size < all.length ? String(start + size) : null;
    return { items: all.slice(start, start + size), next };
  };
  const read = (name: string): void => {
    platform.calls.push(name);
    platform.onRead(name);
    if (platform.readError !== null) throw platform.readError;
  };
  const find = (remoteId: string): Thread => {
    const thread = threads.get(remoteId);
    if (thread === undefined) throw new CodedError('not-found', 'No such conversation');
    return thread;
  };
  const listed = ({ remoteId, buyerName, avatarUrl, unread, messages }: Thread): RemoteConversation => ({
    remoteId,
    buyer: { remoteId: `buyer-${remoteId}`, name: buyerName, avatarUrl },
    unread,
    lastMessageId: messages.at(-1)?.remoteId ?? null,
    lastMessageAt: messages.at(-1)?.at ?? null,
    canSend: true,
  });
  const lastAt = (thread: Thread): number => thread.messages.at(-1)?.at ?? 0;

  const channel: Channel = {
    facts,
    sellerCentre: shopeeSellerCentre,
    listConversations: async (_store, cursor) => {
      read('listConversations');
      const all = [...threads.values()].sort((a, b) => lastAt(b) - lastAt(a)).map(listed);
      return platform.onList(page(all, cursor, facts.conversationPageSize));
    },
    getConversation: async (_store, remoteId) => {
      read('getConversation');
      return listed(find(remoteId));
    },
    listMessages: async (_store, { remoteId }, cursor) => {
      read('listMessages');
      if (platform.broken.has(remoteId)) throw new CodedError('invalid', 'Broken');
      if (platform.away.has(remoteId)) throw new CodedError('unreachable', 'HTTP 500');
      return page(find(remoteId).messages.toReversed(), cursor, facts.messagePageSize);
    },
    uploadImage: async (_store, picture) => {
      platform.calls.push('uploadImage');
      return await platform.onUpload(picture);
    },
    send: async (_store, { remoteId }, content) => {
      const text = content.kind === 'text' ? content.text : JSON.stringify(content);
      platform.calls.push('send');
      return await platform.onSend(() => {
        platform.accepted.push(text);
        const { remoteId: id, at } = platform.write(remoteId, 'shop', text, fieldsOf(content));
        return { remoteId: id, at, sequence: '' };
      }, text);
    },
    markRead: async (_store, { remoteId, lastMessageId }) => {
      read('markRead');
      platform.readMarks.push({ conversation: remoteId, message: lastMessageId });
    },
    refreshToken: () => Promise.reject(new CodedError('invalid', 'No tokens here')),
    readPush: () => ({ kind: 'other', type: 'none' }),
  };

  const platform: FakePlatform = {
    channel,
    threads,
    accepted: [],
    calls: [],
    onSend: (accept) => accept(),
    onUpload: ({ bytes, width, height }) => ({
      url: `https://files.test/${width}x${height}-${bytes.length}`,
      width,
      height,
    }),
    onList: (listed) => listed,
    onRead: () => {},
    onRefresh: null,
    readError: null,
    broken: new Set(),
    away: new Set(),
    files: new Map(),
    readMarks: [],
    thread: (remoteId, unread = 0) => {
      const thread: Thread = threads.get(remoteId) ?? {
        remoteId,
        buyerName: `Buyer ${remoteId}`,
        avatarUrl: null,
        unread,
        messages: [],
      };
      threads.set(remoteId, thread);
      return thread;
    },
    write: (remoteId, author, text, over = {}) => {
      const message: RemoteMessage = {
        remoteId: `m${nextId}`,
        conversationId: remoteId,
        author,
        kind: 'text',
        at: clock.now(),
        sequence: String(nextId),
        text,
        image: null,
        card: null,
        type: 'text',
        recalled: false,
        visible: true,
        notice: null,
        raw: null,
        ...over,
      };
      nextId += 1;
      platform.thread(remoteId).messages.push(message);
      return message;
    },
  };
  return platform;
}

/** How the platform shows what was sent. */
function fieldsOf(content: OutgoingContent): Partial<RemoteMessage> {
  const { kind } = content;
  if (kind === 'text') return {};
  if (kind === 'image') return { kind, type: kind, text: null, image: content.image };
  const card = { title: null, subtitle: null, reference: content.reference, status: null, price: null };
  return { kind, type: kind, text: null, card };
}
