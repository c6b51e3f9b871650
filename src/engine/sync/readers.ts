/** Those who wait until a store is read up to now. */
export interface Readers {
  any(): boolean;
  wait(): Promise<void>;
  done(): void;
  /** A turn begins: answers how to tell of its failure those who were waiting by then. */
  begin(): (error: unknown) => void;
}

export function createReaders(): Readers {
  const waiting = new Set<PromiseWithResolvers<void>>();
  return {
    any: () => waiting.size > 0,
    wait: () => {
      const one = Promise.withResolvers<void>();
      waiting.add(one);
      return one.promise;
    },
    done: () => {
      for (const { resolve } of waiting) resolve();
      waiting.clear();
    },
    begin: () => {
      const present = [...waiting];
      return (error) => {
        for (const one of present) if (waiting.delete(one)) one.reject(error);
      };
    },
  };
}
