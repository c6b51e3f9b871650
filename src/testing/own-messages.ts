import type { MessageView } from '../contract/models.ts';
import { chatDesk, type ChatDesk } from './chat-desk.ts';

/** Writing and looking at own messages of a desk; conversation 1 unless told otherwise. */
export interface OwnMessages {
  send(text: string, conversationId?: number): Promise<MessageView>;
  all(conversationId?: number): Promise<MessageView[]>;
  /** In the order they were written, as `text: phase`, and the hold; what is surely sent as `text: sent`. */
  phases(conversationId?: number): Promise<string[]>;
  /** A client id nobody used. */
  clientId(): string;
}

export function ownMessages(desk: ChatDesk): OwnMessages {
  let made = 0;
  const clientId = (): string => `01900000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`;
  const all = async (conversationId = 1): Promise<MessageView[]> => {
    const input = { conversationId, at: { kind: 'latest' }, limit: 100 } as const;
    return (await desk.call('messages.page', input)).messages.filter(({ author }) => author === 'here');
  };
  return {
    clientId,
    all,
    send: (text, conversationId = 1) =>
      desk.call('outbox.send', { conversationId, clientId: clientId(), text }),
    phases: async (conversationId) =>
      (await all(conversationId))
        .sort((a, b) => a.id - b.id)
        .map(({ text, kind, status, pending }) => {
          const hold = pending?.hold ?? null;
          return `${text ?? kind}: ${pending?.phase ?? status ?? ''}${hold === null ? '' : ` (${hold})`}`;
        }),
  };
}

/** A running desk, in whose conversation 1 a buyer has asked something; `endDesk` ends it. */
export async function askedDesk(): Promise<{ readonly desk: ChatDesk; readonly own: OwnMessages }> {
  const desk = chatDesk();
  const own = ownMessages(desk);
  desk.platform.write('a', 'buyer', 'Is it there?');
  desk.start();
  await desk.clock.advance(1_500);
  return { desk, own };
}

export async function endDesk(desk: ChatDesk): Promise<void> {
  await desk.stop();
  desk.close();
}
