import { CodedError } from '../base/errors.ts';
import type { Handlers } from '../contract/index.ts';

type Overrides = Partial<Record<string, (input: never) => unknown>>;

/** Handlers for tests of what carries calls: those given, and a refusal for every other method. */
export function smallHandlers(overrides: Overrides): Handlers {
  return overrides as unknown as Handlers;
}

/** The handlers most such tests need: one that answers, one of each way to fail, one that never ends. */
export const sampleHandlers = smallHandlers({
  'system.info': () => ({ version: '1', space: 'real', dataDir: '/', epoch: 'e', storeCount: 0 }),
  'drafts.save': ({ conversationId, text }: { conversationId: number; text: string }) => ({
    conversationId,
    text,
    savedAt: 1,
  }),
  'drafts.get': () => {
    throw new CodedError('not-found', 'No such conversation.', { reason: 'gone' });
  },
  'stores.list': () => {
    throw new Error('SECRET at /home/mai/desk.db');
  },
  'stores.syncNow': () => new Promise(() => {}),
  'settings.get': () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    return circular;
  },
  'conversations.markRead': () => undefined,
});
