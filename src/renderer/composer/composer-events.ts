/** Told of the text of an own message that was taken back to be edited. */
type TakenBackListener = (conversationId: number, text: string) => void;

const listeners = new Set<TakenBackListener>();

/** Hears of messages taken back to be edited; the returned function ends it. */
export function onTakenBack(listener: TakenBackListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hands the text of a message that was taken back to the composer of its conversation. */
export function tellTakenBack(conversationId: number, text: string): void {
  for (const listener of listeners) listener(conversationId, text);
}
