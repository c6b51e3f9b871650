/** What every port keeps: frames that came before there was a listener, and whether it is closed. */
export interface PortState {
  /** Hands a frame to the listener, or keeps it until there is one. */
  deliver(text: string): void;
  /** Marks the port closed; true the first time. Frames kept so far are still delivered. */
  shut(): boolean;
  isClosed(): boolean;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

/** Makes the shared part of a port; each transport adds how to post and how to close. */
export function portState(): PortState {
  const kept: string[] = [];
  const closeListeners: (() => void)[] = [];
  let listener: ((text: string) => void) | undefined;
  let closed = false;
  return {
    deliver(text) {
      if (listener === undefined) kept.push(text);
      else listener(text);
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
