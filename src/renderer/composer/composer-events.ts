import { joinTexts } from './draft-keeper.ts';
import { keeperOf } from './keepers.ts';

/** Told of the text of an own message that was taken back to be edited; answers whether it took the text. */
type TakenBackListener = (conversationId: number, text: string) => boolean;

const listeners = new Set<TakenBackListener>();

/** Hears of messages taken back to be edited; the returned function ends it. */
export function onTakenBack(listener: TakenBackListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Hands the text of a message that was taken back to its conversation's composer, or adds it to the draft there. */
export function tellTakenBack(conversationId: number, text: string): void {
  const taken = [...listeners].some((listener) => listener(conversationId, text));
  if (taken) return;
  const keeper = keeperOf(conversationId);
  keeper.changed(joinTexts(keeper.text(), text));
  keeper.flush();
}
