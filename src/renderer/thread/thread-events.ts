import type { MessageView } from '../../contract/models.ts';

/** Told of own messages the moment the engine has stored them. */
type StoredListener = (message: MessageView) => void;

const listeners = new Set<StoredListener>();

/** Hears of own messages the moment the engine has stored them; the returned function ends it. */
export function onStored(listener: StoredListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells the thread of an own message that the engine has stored, so that it need not wait for a feed. */
export function tellStored(message: MessageView): void {
  for (const listener of listeners) listener(message);
}
