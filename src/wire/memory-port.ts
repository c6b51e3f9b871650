import { portState, type PortState } from './port-state.ts';
import type { Port } from './port.ts';

/** Two ends joined in memory; frames and the close arrive in order, never inside the call that sent them. */
export function memoryPortPair(): [Port, Port] {
  const left = portState();
  const right = portState();
  return [end(left, right), end(right, left)];
}

function end(own: PortState, other: PortState): Port {
  const later = (task: () => void): void => {
    void Promise.resolve().then(task);
  };
  return {
    post(text) {
      if (own.isClosed()) return;
      later(() => {
        if (!other.isClosed()) other.deliver(text);
      });
    },
    onMessage: own.onMessage,
    onClose: own.onClose,
    close() {
      if (own.shut()) later(() => other.shut());
    },
  };
}
