import { contract, type Handlers, type Method } from '../contract/index.ts';

/**
 * The handlers of all features in one table. Throws when two features answer the same call, when one answers a call
 * the contract does not have, and when a call is left without an answer: at start, not when a page first asks.
 */
export function mergeHandlers(parts: readonly Partial<Handlers>[]): Handlers {
  const merged = new Map<string, unknown>();
  for (const [name, handler] of parts.flatMap((part) => Object.entries(part))) {
    if (merged.has(name)) throw new Error(`Two features answer ${name}`);
    if (!Object.hasOwn(contract, name)) throw new Error(`The contract has no ${name}`);
    merged.set(name, handler);
  }
  const missing = (Object.keys(contract) as Method[]).filter((name) => !merged.has(name));
  if (missing.length > 0) throw new Error(`No feature answers ${missing.join(', ')}`);
  return Object.fromEntries(merged) as Handlers;
}
