/** What stands where a secret was. */
export const HIDDEN = '[hidden]';

/** Secrets are found by this many characters at their beginning; shorter ones are left to the patterns. */
const HEAD = 8;
/**
 * Exact secrets that are remembered; the oldest are forgotten first. A list of proxies brings tens of thousands at once,
 * and must not push out the tokens of the stores.
 */
const MAX_KNOWN = 250_000;

/** Secrets that are hidden wherever they stand; how many there are costs nothing. */
export interface KnownSecrets {
  add(secret: string): void;
  hideIn(text: string): string;
  /** Characters of the longest ever known. */
  longest(): number;
}

export function createKnownSecrets(): KnownSecrets {
  const known = new Set<string>();
  /** By beginning: how many secrets of which length. */
  const lengths = new Map<string, Map<number, number>>();
  let longest = 0;

  const count = (secret: string, by: 1 | -1): void => {
    const head = secret.slice(0, HEAD);
    const counts = lengths.get(head) ?? new Map<number, number>();
    const left = (counts.get(secret.length) ?? 0) + by;
    if (left > 0) counts.set(secret.length, left);
    else counts.delete(secret.length);
    if (counts.size > 0) lengths.set(head, counts);
    else lengths.delete(head);
  };
  const forget = (secret: string): void => {
    if (known.delete(secret)) count(secret, -1);
  };
  /** Characters of the longest secret that stands at this place; 0: none does. */
  const lengthAt = (text: string, at: number): number => {
    let found = 0;
    for (const length of lengths.get(text.slice(at, at + HEAD))?.keys() ?? []) {
      if (length > found && known.has(text.slice(at, at + length))) found = length;
    }
    return found;
  };

  return {
    add: (secret) => {
      if (secret.length < HEAD) return;
      forget(secret);
      known.add(secret);
      count(secret, 1);
      longest = Math.max(longest, secret.length);
      const oldest = known.size > MAX_KNOWN ? known.values().next().value : undefined;
      if (oldest !== undefined) forget(oldest);
    },
    hideIn: (text) => {
      let clean = '';
      let from = 0;
      for (let at = 0; at + HEAD <= text.length; at += 1) {
        const length = lengthAt(text, at);
        if (length === 0) continue;
        clean += text.slice(from, at) + HIDDEN;
        from = at + length;
        at = from - 1;
      }
      return from === 0 ? text : clean + text.slice(from);
    },
    longest: () => longest,
  };
}
