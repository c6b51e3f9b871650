/** Places for conversations at work: so many a store. Whoever finds none is named again when one becomes free. */
export interface Places {
  /** Takes a place; false when there is none, and then the conversation waits in line. */
  take(storeId: number, conversationId: number): boolean;
  /** Gives one back, and calls `next` for those in line while there is room: some may want none any more. */
  leave(storeId: number, next: (conversationId: number) => void): void;
}

export function createPlaces(ofStore: number): Places {
  const stores = new Map<number, { taken: number; readonly line: Set<number> }>();
  return {
    take: (storeId, conversationId) => {
      const store = stores.get(storeId) ?? { taken: 0, line: new Set() };
      stores.set(storeId, store);
      if (store.taken >= ofStore) {
        store.line.add(conversationId);
        return false;
      }
      store.taken += 1;
      return true;
    },
    leave: (storeId, next) => {
      const store = stores.get(storeId);
      if (store === undefined) return;
      store.taken -= 1;
      for (const conversationId of store.line) {
        if (store.taken >= ofStore) return;
        store.line.delete(conversationId);
        next(conversationId);
      }
    },
  };
}
