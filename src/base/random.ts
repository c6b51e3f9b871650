/** Fills and returns `length` random bytes. Injected, so that tests and the sandbox repeat. */
export type RandomBytes = (length: number) => Uint8Array;
