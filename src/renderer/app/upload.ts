import { z } from 'zod';

/** Why a host did not take a picture. */
export type UploadRefusal = 'too-large' | 'wrong-type' | 'unreachable';

/** What came of an upload: the name under `/media/`, or why not. */
export type UploadOutcome =
  { readonly ok: true; readonly hash: string } | { readonly ok: false; readonly reason: UploadRefusal };

const storedSchema = z.object({ hash: z.string() });

/** Puts bytes into the open data folder through the host's upload address. Never rejects. */
export async function uploadTo(
  path: string,
  bytes: Blob,
  headers: Record<string, string>,
): Promise<UploadOutcome> {
  try {
    const answer = await fetch(path, { method: 'POST', headers, body: bytes });
    if (answer.status === 413) return { ok: false, reason: 'too-large' };
    if (answer.status === 415) return { ok: false, reason: 'wrong-type' };
    if (!answer.ok) return { ok: false, reason: 'unreachable' };
    return { ok: true, hash: storedSchema.parse(await answer.json()).hash };
  } catch {
    return { ok: false, reason: 'unreachable' };
  }
}
