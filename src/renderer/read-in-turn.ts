/**
 * Makes a read that many may ask for: while it goes on, whatever changes causes one more read, never a queue of them.
 * `read` never rejects.
 */
export function readInTurn(read: () => Promise<void>): () => Promise<void> {
  let isReading = false;
  let isWanted = false;
  return async () => {
    isWanted = true;
    if (isReading) return;
    isReading = true;
    while (isWanted) {
      isWanted = false;
      await read();
    }
    isReading = false;
  };
}
