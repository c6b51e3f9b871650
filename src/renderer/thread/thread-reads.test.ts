import { beforeEach, expect, it, vi } from 'vitest';
import type { MessagePage } from '../../contract/messages.ts';
import type { MessageView } from '../../contract/models.ts';
import { createThread, type Thread } from './thread-store.ts';

/** What the engine knows of the conversation. */
const engine = vi.hoisted(() => ({ page: {} as unknown }));
vi.mock('../client.ts', () => ({
  client: {
    call: (method: string) =>
      Promise.resolve({ ok: true, value: method === 'messages.page' ? engine.page : null }),
  },
  clock: { after: () => () => {} },
}));

const message = (id: number): MessageView => ({
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
});

/** The newest messages up to this one, of which so many are unread. */
function knows(newest: number, unread: number): void {
  const messages = Array.from({ length: newest }, (_, index) => message(index + 1));
  const page: MessagePage = {
    messages,
    reachedStart: true,
    reachedEnd: true,
    stored: newest,
    unread,
    error: null,
  };
  engine.page = page;
}

/** Opens the conversation from a row that still says `unread`; answers the message with the line above it. */
async function open(
  conversationId: number,
  unread: number,
): Promise<{ thread: Thread; line: number | null }> {
  const thread = createThread({ id: conversationId, unread });
  thread.refresh();
  await vi.waitFor(() => expect(thread.state.getState().window).not.toBeNull());
  return { thread, line: thread.state.getState().unreadFromId };
}

let conversationId = 0;
beforeEach(() => {
  conversationId += 1;
});

it('puts the line above the first unread message', async () => {
  knows(5, 2);
  expect((await open(conversationId, 2)).line).toBe(4);
});

it('puts it there too when the row does not know the newest message yet', async () => {
  knows(5, 3);
  expect((await open(conversationId, 2)).line).toBe(3);
});

it('draws none when everything was read meanwhile', async () => {
  knows(5, 0);
  expect((await open(conversationId, 2)).line).toBeNull();
});

it('leaves it where it is, whatever comes later', async () => {
  knows(5, 2);
  const { thread } = await open(conversationId, 2);
  knows(7, 4);
  thread.refresh();
  await vi.waitFor(() => expect(thread.state.getState().window?.messages).toHaveLength(7));
  expect(thread.state.getState().unreadFromId).toBe(4);
});
