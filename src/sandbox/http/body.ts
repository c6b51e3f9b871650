import type { IncomingMessage } from 'node:http';

/** Larger bodies are refused with 413. */
export const MAX_BODY = 1024 * 1024;

/** The whole body, or null when it is larger than `max` bytes. */
export async function readBody(request: IncomingMessage, max = MAX_BODY): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    // What is too much is read and dropped: leaving it would cut the line before the refusal has arrived.
    if (size > max) chunks.length = 0;
    else chunks.push(bytes);
  }
  return size > max ? null : Buffer.concat(chunks);
}
