import { createHash } from 'node:crypto';
import type { World } from './world.ts';

/**
 * Says whether two worlds are the same: SHA-256 over all shops and conversations, 64 hexadecimal digits. Taken before
 * a journal is replayed, it tells that the effects in it belong to this very past.
 */
export function fingerprint(world: World): string {
  const text = JSON.stringify(world.shops, (_key, value: unknown) =>
    value instanceof Map ? ([...value] as unknown) : value,
  );
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
