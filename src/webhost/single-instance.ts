import { z } from 'zod';
import { readHostFile } from './host-file.ts';
import { CONTROL_PATHS } from './routes.ts';

const replySchema = z.object({ address: z.string().nullable(), opened: z.boolean() });

/** What the running host did: gave an address, or opened a window by itself. */
export type RunningHost = z.infer<typeof replySchema>;

/** A host on this machine answers at once or is not there. In milliseconds. */
const ASK_MS = 3_000;

/**
 * Asks the host that serves this DATA for a fresh address, or with `open` to show a window.
 * Null when none answers to the secret in `host.json`: then it is gone, or never was.
 */
export async function askRunningHost(root: string, open: boolean): Promise<RunningHost | null> {
  const record = await readHostFile(root);
  if (record === null || record.secret === null) return null;
  const path = open ? CONTROL_PATHS.open : CONTROL_PATHS.address;
  try {
    const response = await fetch(`http://127.0.0.1:${record.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${record.secret}` },
      redirect: 'error',
      signal: AbortSignal.timeout(ASK_MS),
    });
    return response.ok ? replySchema.parse(await response.json()) : null;
  } catch {
    return null;
  }
}
