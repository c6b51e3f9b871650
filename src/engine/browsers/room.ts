/** A browser that is awake, as far as it decides who sleeps. */
export interface Awake {
  readonly accountId: number;
  /** When a person or Counterdesk last did something in it, UTC milliseconds. */
  readonly usedAt: number;
  /** Something was typed that is not sent: it would be lost. */
  readonly isTyping: boolean;
}

export interface Room {
  /** Bytes of all browsers together; null where this system does not say. */
  readonly used: number | null;
  readonly cap: number;
  /** One that was not used for so long goes to sleep. Milliseconds. */
  readonly idleMs: number;
}

/** What one awake browser takes where nothing can be measured, in bytes: the most that was seen of a small page (design). */
const USUAL_BYTES = 80 * 1024 * 1024;

/**
 * Who goes to sleep: those idle for too long, then the longest unused until the others fit beside `wanted` more. Where
 * something was typed it stays awake, though it be too many.
 */
export function whoSleeps(awake: readonly Awake[], room: Room, now: number, wanted = 0): number[] {
  const free = awake.filter((one) => !one.isTyping).toSorted((one, other) => one.usedAt - other.usedAt);
  const idle = free.filter((one) => now - one.usedAt >= room.idleMs);
  const left = free.filter((one) => !idle.includes(one));
  const each = awake.length === 0 || room.used === null ? USUAL_BYTES : room.used / awake.length;
  const fitting = Math.max(wanted === 0 ? 1 : 0, Math.floor(room.cap / each) - wanted);
  const tooMany = awake.length - idle.length - fitting;
  return [...idle, ...left.slice(0, Math.max(0, tooMany))].map((one) => one.accountId);
}
