/** Where "now" comes from. Injected everywhere, so that tests repeat. Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}
