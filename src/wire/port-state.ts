/** What every port keeps: frames that came before there was a listener, and whether it is closed. */
export interface PortState {
  /** Hands a frame to the listener, or keeps it until there is one; false when too much is kept: close the port. */
  deliver(text: string): boolean;
  /** Marks the port closed; true the first time. Frames kept so far are still delivered. */
  shut(): boolean;
  isClosed(): boolean;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

/** Whoever sends so much, in UTF-16 units, to one that does not listen yet must begin anew: it is kept in our memory. */
const MAX_KEPT = 16_000_000;

/** Makes the shared part of a port; each transport adds how to post and how to close. */
export function portState(): PortState {
  const kept: string[] = [];
  const closeListeners: (() => void)[] = [];
  let listener: ((text: string) => void) | undefined;
  let closed = false;
  let keptUnits = 0;
  return {
    deliver(text) {
      if (listener !== undefined) {
        listener(text);
        return true;
      }
      keptUnits += text.length;
      if (keptUnits > MAX_KEPT) kept.length = 0;
      else kept.push(text);
      return keptUnits <= MAX_KEPT;
    },
    shut() {
      if (closed) return false;
      closed = true;
      for (const each of closeListeners.splice(0)) each();
      return true;
    },
    isClosed: () => closed,
    onMessage(next) {
      listener = next;
      for (const text of kept.splice(0)) next(text);
    },
    onClose(next) {
      if (closed) next();
      else closeListeners.push(next);
    },
  };
}
