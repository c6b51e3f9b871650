/** How near the platform's limit a text is. */
export interface LengthNote {
  readonly left: number;
  readonly over: boolean;
}

const nearShare = 0.1;
const nearLeast = 50;

/** What to say of a text's length; null while the limit is far. Characters are UTF-16 units, as platforms count here. */
export function lengthNote(length: number, most: number): LengthNote | null {
  const left = most - length;
  return left <= Math.max(nearLeast, most * nearShare) ? { left, over: left < 0 } : null;
}
