/**
 * A pair of ends that carry text, in order. The same shape over memory, MessagePort and WebSocket;
 * everything above it is one code and one test suite.
 */
export interface Port {
  /** Sends one frame of JSON text. Does nothing once closed. */
  post(text: string): void;
  /** One listener; frames that came before it was set are delivered to it first. */
  onMessage(listener: (text: string) => void): void;
  /** Called once, whichever side closed. Called at once if already closed. */
  onClose(listener: () => void): void;
  close(): void;
}
