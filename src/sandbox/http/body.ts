import type { IncomingMessage } from 'node:http';

/** Larger bodies are refused with 413. */
export const MAX_BODY = 1024 * 1024;

/** The whole body as text, or null when it is larger than allowed. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    // What is too much is read and dropped: leaving it would cut the line before the refusal has arrived.
    if (size > MAX_BODY) chunks.length = 0;
    else chunks.push(bytes);
  }
  if (size > MAX_BODY) return null;
  return Buffer.concat(chunks).toString('utf8');
}
